package io.walletsync.server.schedule;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;

/** Something that fails again and again while its cause lasts: said once, until it worked again. */
final class Complaint {
  private final Logger log;
  private final String what;
  private final AtomicBoolean isMade = new AtomicBoolean();

  Complaint(Logger log, String what) {
    this.log = log;
    this.what = what;
  }

  void make(RuntimeException cause) {
    if (!isMade.getAndSet(true)) {
      log.warn("{}, and it will be tried again", what, cause);
    } else {
      log.debug("{} again", what, cause);
    }
  }

  void isOver() {
    if (isMade.get()) {
      isMade.set(false);
    }
  }
}
