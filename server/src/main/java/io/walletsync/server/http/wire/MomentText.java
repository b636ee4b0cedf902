package io.walletsync.server.http.wire;

import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads moments of the books: with an offset, in a range that every part of the house can keep. */
public final class MomentText {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private MomentText() {}

  /** Cut to microseconds. */
  public static Instant parse(String text) {
    try {
      var moment = Microseconds.cut(Instant.parse(text));
      if (!moment.isBefore(FIRST) && !moment.isAfter(LAST)) {
        return moment;
      }
    } catch (DateTimeParseException _) {
      // falls through to the one sentence for everything that is none
    }
    throw new InvalidValue("must be a time from 1970 on with its offset, as 2026-11-22T08:00:00Z");
  }
}
