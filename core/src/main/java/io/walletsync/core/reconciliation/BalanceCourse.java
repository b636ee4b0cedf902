package io.walletsync.core.reconciliation;

import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.reconciliation.Comparison.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How near a wallet's balance came to the expected one from the moment meant to the end of the lag.
 * It is told one balance after the other, then the movements in their order, and keeps a few of
 * them, however many there are. Only a balance that the provider told can agree; what movements add
 * up to explains, for some of them may be missing.
 */
final class BalanceCourse {
  private final ExpectedBalance expected;
  private @Nullable Level atStart;
  private @Nullable Level nearest;
  private @Nullable Difference moved;
  private @Nullable Level nearestMoved;

  BalanceCourse(ExpectedBalance expected) {
    this.expected = expected;
  }

  /** From that time on the provider's balance was this. */
  void add(Instant since, Money balance) {
    if (since.isAfter(expected.windowEnd())) {
      return;
    }
    var level = level(since, Difference.between(balance, expected.amount()), balance);
    if (!since.isAfter(expected.asOf())) {
      // the newest one until the moment; what was told before was over by then
      atStart = level;
      nearest = level;
      moved = level.drift();
    } else if (nearest == null || isBetter(level, nearest)) {
      nearest = level;
    }
  }

  /** A movement after the moment changed the balance by this much. */
  void move(Instant at, Money difference) {
    if (moved == null || at.isAfter(expected.windowEnd())) {
      return;
    }
    moved = moved.with(difference);
    var level = level(at, moved, null);
    if (nearestMoved == null || isBetter(level, nearestMoved)) {
      nearestMoved = level;
    }
  }

  private Level level(Instant since, Difference drift, @Nullable Money balance) {
    return new Level(since.isAfter(expected.asOf()) ? since : expected.asOf(), drift, balance);
  }

  /** The first that agrees is never bettered: an early look finds what a late one does. */
  private boolean isBetter(Level level, Level best) {
    var agrees = level.drift().isWithin(expected.tolerance());
    if (agrees != best.drift().isWithin(expected.tolerance())) {
      return agrees;
    }
    if (!agrees && level.drift().isSmallerThan(best.drift())) {
      return true;
    }
    return (agrees || !best.drift().isSmallerThan(level.drift()))
        && level.since().isBefore(best.since());
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
    if (best == null || atStart == null) {
      return Optional.of(Comparison.unknown(at));
    }
    var byMovements = nearestMoved;
    return Optional.of(
        said(
            Verdict.DIFFERS,
            byMovements != null && isBetter(byMovements, best) ? byMovements : best,
            at));
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

  /**
   * How far it was off from some time on.
   *
   * @param balance null where movements say so
   */
  private record Level(Instant since, Difference drift, @Nullable Money balance) {}
}
