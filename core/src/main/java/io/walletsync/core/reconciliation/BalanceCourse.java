package io.walletsync.core.reconciliation;

import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.money.Difference;
import io.walletsync.core.money.Money;
import io.walletsync.core.reconciliation.Comparison.Verdict;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How near a wallet's balance came to the expected one from the moment meant to the end of the lag,
 * or to the next reading where the provider was not asked around that end. It is told one balance
 * after the other, then the movements in their order, and keeps a few of them, however many there
 * are. Only a balance that the provider told can agree; what movements add up to explains, for some
 * of them may be missing.
 */
final class BalanceCourse {
  private final ExpectedBalance expected;
  private Instant end;
  private @Nullable BalancePoint standing;
  private @Nullable BalancePoint newest;
  private @Nullable Level atStart;
  private @Nullable Level nearest;
  private @Nullable Difference moved;
  private @Nullable Level nearestMoved;

  BalanceCourse(ExpectedBalance expected) {
    this.expected = expected;
    this.end = expected.windowEnd();
  }

  /** The balance that stood at the moment meant; empty where none did. */
  Optional<BalancePoint> standing() {
    return Optional.ofNullable(standing);
  }

  /** The newest balance that counts; empty where there is none. */
  Optional<BalancePoint> newest() {
    return Optional.ofNullable(newest);
  }

  /** Up to when balances and movements count. */
  Instant end() {
    return end;
  }

  /** The provider was asked again only when it told this balance: all until then counts. */
  void reachTo(BalancePoint next) {
    end = next.asOf();
    add(next);
  }

  /** From its time on the provider's balance was this. */
  void add(BalancePoint point) {
    var since = point.asOf();
    if (since.isAfter(end)) {
      return;
    }
    newest = point;
    var balance = new Money(point.available(), expected.amount().currency());
    var level = level(since, Difference.between(balance, expected.amount()), balance);
    if (!since.isAfter(expected.asOf())) {
      // the newest one until the moment; what was told before was over by then
      standing = point;
      atStart = level;
      nearest = level;
      moved = level.drift();
    } else if (nearest == null || isBetter(level, nearest)) {
      nearest = level;
    }
  }

  /** Movements behind the balance that stood at the moment, up to it, changed it by this much. */
  void moveBefore(Money difference) {
    move(expected.asOf(), difference);
  }

  /** A movement after the moment changed the balance by this much. */
  void move(Instant at, Money difference) {
    if (moved == null || at.isAfter(end)) {
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
