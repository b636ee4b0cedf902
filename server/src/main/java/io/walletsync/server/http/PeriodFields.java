package io.walletsync.server.http;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.balance.BalanceHistory;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters {@code from} and {@code to}; a period contains its beginning and not its end.
 *
 * @param from null where it is open
 * @param to likewise
 */
record PeriodFields(@Nullable Instant from, @Nullable Instant to) {
  static PeriodFields read(QueryFields fields) {
    return new PeriodFields(
        fields.optional("from", InstantText::parse), fields.optional("to", InstantText::parse));
  }

  /** Throws {@link InvalidRequest} if it ends before it begins. */
  void check() {
    InvalidRequest.checked("to", () -> new Period(fromOrBeginning(), toOrEnd()));
  }

  /** The period, or {@link InvalidRequest} if an end is missing. */
  Period closed() {
    if (from == null || to == null) {
      throw new InvalidRequest(from == null ? "from" : "to", "is required");
    }
    return InvalidRequest.checked("to", () -> new Period(from, to));
  }

  Instant fromOrBeginning() {
    return from == null ? BalanceHistory.BEGINNING : from;
  }

  Instant toOrEnd() {
    return to == null ? BalanceHistory.END : to;
  }
}
