package io.walletsync.core.access;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** A clock that moves when told to. */
public final class SteppingClock implements InstantSource {
  private volatile Instant now;

  public SteppingClock(Instant now) {
    this.now = now;
  }

  @Override
  public Instant instant() {
    return now;
  }

  public void step(Duration duration) {
    now = now.plus(duration);
  }
}
