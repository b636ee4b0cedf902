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
    try {
      var instant = Microseconds.cut(Instant.parse(text));
      if (!instant.isBefore(BalanceHistory.BEGINNING) && !instant.isAfter(BalanceHistory.END)) {
        return instant;
      }
    } catch (DateTimeParseException _) {
      // falls through to the one sentence for everything that is none
    }
    throw new InvalidValue("must be a time such as 2026-11-22T08:00:00Z");
  }
}
