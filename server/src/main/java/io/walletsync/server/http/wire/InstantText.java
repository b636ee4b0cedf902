package io.walletsync.server.http.wire;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Reads times as the API writes them, within the years that are stored. */
public final class InstantText {
  private InstantText() {}

  /** For a field: {@link InvalidValue} if it is none. */
  public static Instant parse(String text) {
    return between(
        BalanceHistory.BEGINNING,
        BalanceHistory.END,
        "must be a time such as 2026-11-22T08:00:00Z",
        text);
  }

  /** Cut to microseconds; one sentence refuses everything that is none. */
  static Instant between(Instant first, Instant last, String refusal, String text) {
    try {
      var instant = Microseconds.cut(Instant.parse(text));
      if (!instant.isBefore(first) && !instant.isAfter(last)) {
        return instant;
      }
    } catch (DateTimeParseException _) {
      // falls through to the one sentence
    }
    throw new InvalidValue(refusal);
  }
}
