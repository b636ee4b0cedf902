package io.walletsync.core.movement;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.movement.ExplainedChange.State;
import io.walletsync.core.movement.Movements.Order;
import io.walletsync.core.movement.Movements.Place;
import io.walletsync.core.movement.Movements.Query;
import io.walletsync.core.wallet.Wallet;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** Looks for holes and unexplained changes where something new may have made or filled some. */
final class ChainCheck {
  private static final int PAGE = 1_000;
  private static final int FEW = 20;

  private final Movements movements;
  private final MovementFindings findings;
  private final BalanceHistory history;
  private final Explanations explanations;

  ChainCheck(Movements movements, MovementFindings findings, BalanceHistory history) {
    this.movements = movements;
    this.findings = findings;
    this.history = history;
    this.explanations = new Explanations(movements);
  }

  /**
   * Finds what is missing or unexplained from a time on, and of balances from the last one that was
   * checked: one may be told late with the time of an old movement. Empty where it had to stop.
   *
   * @param goesOn asked between two parts, for a long history takes its time
   */
  Optional<Found> find(
      Wallet wallet,
      Instant from,
      @Nullable Instant checkedUntil,
      Coverage coverage,
      BooleanSupplier goesOn) {
    var holes = findHoles(wallet, from, goesOn);
    return holes.flatMap(
        found ->
            findChanges(wallet, begin(from, checkedUntil), coverage, goesOn)
                .map(changes -> new Found(found, changes)));
  }

  /** Writes down, in the caller's open transaction, what was found. */
  void write(Wallet wallet, Found found) {
    findings.replaceHoles(wallet.id(), found.holes.after, found.holes.list);
    if (found.changes.newest != null) {
      findings.replaceUnexplained(wallet.id(), found.changes.after, found.changes.list);
    }
  }

  /** What takes the place of what was found before. */
  record Found(Holes holes, Changes changes) {
    /** The time of the newest balance that was come to; empty where there was none. */
    Optional<Instant> newest() {
      return Optional.ofNullable(changes.newest);
    }
  }

  /** All that end after a time. */
  private record Holes(Instant after, List<Hole> list) {}

  /** All behind a sequence, up to the newest balance; null where there is none. */
  private record Changes(long after, List<ExplainedChange> list, @Nullable Instant newest) {}

  /** Behind the balance that was checked last, which is where the next change begins. */
  private static Instant begin(Instant from, @Nullable Instant checkedUntil) {
    var begin = from.minus(Timeline.SLACK);
    var behind = checkedUntil == null ? begin : checkedUntil.plus(1, ChronoUnit.MICROS);
    return behind.isBefore(begin) ? behind : begin;
  }

  /** From a movement before that leaves no doubt: a hole lies between two. */
  private Optional<Holes> findHoles(Wallet wallet, Instant from, BooleanSupplier goesOn) {
    var anchor = anchor(wallet, from);
    var holes = new ArrayList<Hole>();
    var chain =
        new Chain(
            link -> {
              var hole = link.hole();
              if (hole != null && anchor.map(hole.before()::isAfter).orElse(true)) {
                holes.add(hole);
              }
            });
    @Nullable Place after = null;
    while (true) {
      var page =
          movements.page(
              new Query(wallet.id(), anchor.orElse(null), null, Order.OLDEST_FIRST, after, PAGE));
      page.items().forEach(chain::add);
      if (!page.hasMore()) {
        break;
      }
      if (!goesOn.getAsBoolean()) {
        return Optional.empty();
      }
      after = Place.of(page.items().getLast());
    }
    chain.end();
    return Optional.of(new Holes(anchor.orElse(BalanceHistory.BEGINNING), holes));
  }

  /**
   * The newest moment before a time at which just one movement happened, so that the balance behind
   * it is told and not a matter of order; not further back than one long page. Empty where
   * everything is looked at.
   */
  private Optional<Instant> anchor(Wallet wallet, Instant from) {
    for (var limit : List.of(FEW, PAGE)) {
      var before =
          movements.page(new Query(wallet.id(), null, from, Order.NEWEST_FIRST, null, limit));
      var certain = newestAlone(before);
      if (certain.isPresent() || !before.hasMore()) {
        return certain;
      }
    }
    return movements.newestBefore(wallet.id(), from);
  }

  private static Optional<Instant> newestAlone(Page<ProviderMovement> newestFirst) {
    var times = newestFirst.items().stream().map(ProviderMovement::occurredAt).toList();
    for (var i = 0; i < times.size(); i++) {
      var isAlone = i == 0 || !times.get(i).equals(times.get(i - 1));
      // behind the last one of a page there may be more of its time
      var isLast =
          i + 1 < times.size() ? !times.get(i).equals(times.get(i + 1)) : !newestFirst.hasMore();
      if (isAlone && isLast && newestFirst.items().get(i).balanceAfter() != null) {
        return Optional.of(times.get(i));
      }
    }
    return Optional.empty();
  }

  private Optional<Changes> findChanges(
      Wallet wallet, Instant begin, Coverage coverage, BooleanSupplier goesOn) {
    var end = coverage.until().minus(Timeline.SLACK);
    var walk = new ChangeWalk(part -> unexplained(wallet, part, coverage), goesOn);
    if (begin.isBefore(end)) {
      history.trace(wallet.id(), begin, end, walk::add);
    }
    return walk.end()
        ? Optional.of(new Changes(walk.first(), walk.found(), walk.newest()))
        : Optional.empty();
  }

  private List<ExplainedChange> unexplained(
      Wallet wallet, List<BalancePoint> snapshots, Coverage coverage) {
    return explanations
        .of(wallet.id(), wallet.currency(), snapshots, Optional.of(coverage))
        .stream()
        .filter(change -> change.state() == State.UNEXPLAINED)
        .toList();
  }
}
