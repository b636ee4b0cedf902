package io.walletsync.server.http.wire;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.server.http.problem.InvalidRequest;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The parameters {@code from} and {@code to}; a period contains its beginning and not its end.
 *
 * @param from null where it is open
 * @param to likewise
 */
public record PeriodFields(@Nullable Instant from, @Nullable Instant to) {
  public static PeriodFields read(QueryFields fields) {
    return new PeriodFields(
        fields.optional("from", InstantText::parse), fields.optional("to", InstantText::parse));
  }

  /** Throws {@link InvalidRequest} if it ends before it begins. */
  public void check() {
    open();
  }

  /** The period, from the beginning and to the end of all times unless it says otherwise. */
  public Period open() {
    return InvalidRequest.checked("to", () -> new Period(fromOrBeginning(), toOrEnd()));
  }

  /** The period, or {@link InvalidRequest} if an end is missing. */
  public Period closed() {
    if (from == null || to == null) {
      throw new InvalidRequest(from == null ? "from" : "to", "is required");
    }
    return InvalidRequest.checked("to", () -> new Period(from, to));
  }

  public Instant fromOrBeginning() {
    return from == null ? BalanceHistory.BEGINNING : from;
  }

  public Instant toOrEnd() {
    return to == null ? BalanceHistory.END : to;
  }
}
