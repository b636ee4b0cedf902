package io.walletsync.core.reconciliation;

import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.reconciliation.Comparison.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How near a wallet's balance came to the expected one from the moment meant to the end of the lag.
 * It is told one balance after the other and keeps two of them, however many there are.
 */
final class BalanceCourse {
  private final ExpectedBalance expected;
  private @Nullable Level atStart;
  private @Nullable Level nearest;

  BalanceCourse(ExpectedBalance expected) {
    this.expected = expected;
  }

  /** From that time on the provider's balance was this. */
  void add(Instant since, Money balance) {
    if (since.isAfter(expected.windowEnd())) {
      return;
    }
    var level = new Level(later(since, expected.asOf()), balance, drift(balance));
    if (!since.isAfter(expected.asOf())) {
      // the newest one until the moment; what was told before was over by then
      atStart = level;
      nearest = level;
    } else if (nearest == null || isBetter(level, nearest)) {
      nearest = level;
    }
  }

  /** The first that agrees is never bettered: an early look finds what a late one does. */
  private boolean isBetter(Level level, Level best) {
    return !best.drift().isWithin(expected.tolerance())
        && level.drift().isSmallerThan(best.drift());
  }

  private Difference drift(Money balance) {
    return Difference.between(balance, expected.amount());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /**
   * Compares; empty while nothing can be said.
   *
   * @param knownUntil up to when the balance is known; null where nothing is
   */
  Optional<Comparison> compare(@Nullable Instant knownUntil, Instant at) {
    if (knownUntil == null || knownUntil.isBefore(expected.asOf())) {
      // a balance that was last confirmed before the moment says nothing about it
      return Optional.empty();
    }
    var best = nearest;
    if (best != null && best.drift().isWithin(expected.tolerance())) {
      return Optional.of(said(Verdict.AGREES, best, at));
    }
    if (knownUntil.isBefore(expected.windowEnd())) {
      return Optional.empty();
    }
    return Optional.of(
        best == null || atStart == null ? Comparison.unknown(at) : said(Verdict.DIFFERS, best, at));
  }

  private Comparison said(Verdict verdict, Level best, Instant at) {
    var start = atStart;
    return Comparison.of(
        verdict,
        start == null ? null : start.balance(),
        start == null ? null : start.drift(),
        best.drift(),
        best.since(),
        at);
  }

  private record Level(Instant since, Money balance, Difference drift) {}
}
