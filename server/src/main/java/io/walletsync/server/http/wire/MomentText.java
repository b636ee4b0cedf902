package io.walletsync.server.http.wire;

import java.time.Instant;

/** Reads moments of the books: with an offset, in a range that every part of the house can keep. */
public final class MomentText {
  private static final Instant FIRST = Instant.EPOCH;
  private static final Instant LAST = Instant.parse("9999-12-31T00:00:00Z");

  private MomentText() {}

  /** For a field, cut to microseconds. */
  public static Instant parse(String text) {
    return InstantText.between(
        FIRST, LAST, "must be a time from 1970 on with its offset, as 2026-11-22T08:00:00Z", text);
  }
}
