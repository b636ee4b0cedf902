package io.walletsync.core.reconciliation;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalancePoint;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.money.Money;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.reconciliation.Comparison.Verdict;
import io.walletsync.core.reconciliation.Reconciliation.State;
import io.walletsync.core.reconciliation.Reconciliations.Look;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds statements against what is known of the balances, and of what moved them, in the caller's
 * open transaction, and keeps what came of it.
 */
public final class CompareBalances {
  private static final Actor SYSTEM = Actor.system("reconciliation");
  private static final Duration INSTANT = Duration.ofNanos(1_000);
  private static final int PAGE = 1_000;

  /** What moved behind them explains nothing: a difference stays open in any case. */
  private static final int MOST_PAGES = 10;

  private final Reconciliations reconciliations;
  private final BalanceSnapshots snapshots;
  private final BalanceHistory history;
  private final Movements movements;
  private final ReconciliationAudit audit;
  private final DifferenceListeners listeners;

  public CompareBalances(
      Reconciliations reconciliations,
      BalanceSnapshots snapshots,
      BalanceHistory history,
      Movements movements,
      Auditor auditor,
      List<DifferenceListener> listeners) {
    this.reconciliations = reconciliations;
    this.snapshots = snapshots;
    this.history = history;
    this.movements = movements;
    this.audit = new ReconciliationAudit(auditor);
    this.listeners = new DifferenceListeners(listeners);
  }

  /** Compares what is pending. */
  public void compare(List<Reconciliation> pending) {
    var looks = looks(pending);
    var decided = reconciliations.looked(List.copyOf(looks.values()));
    var now = new ArrayList<Reconciliation>();
    looks.forEach(
        (each, look) -> {
          if (decided.contains(each.id())) {
            now.add(each.looked(look.knownUntil(), look.comparison()));
          }
        });
    var open = now.stream().filter(each -> each.state() == State.OPEN).toList();
    audit.compared(SYSTEM, open);
    listeners.begun(open);
    if (!now.isEmpty()) {
      resolveAgreed(
          now.stream().map(CompareBalances::wallet).collect(Collectors.toSet()),
          Objects.requireNonNull(now.getFirst().comparison()).comparedAt());
    }
  }

  /** Looks again at what is open, and keeps what is found beyond what is known. */
  void compareAgain(List<Reconciliation> open) {
    var more = new LinkedHashMap<Look, Reconciliation>();
    looks(open)
        .forEach(
            (each, look) -> {
              var found = look.comparison();
              if (found != null
                  && found.verdict() != Verdict.UNKNOWN
                  && !Objects.requireNonNull(each.comparison()).isRepeatedBy(found)) {
                more.put(look, each.foundMore(look.knownUntil(), found, SYSTEM.name()));
              }
            });
    var kept = reconciliations.foundMore(more.keySet(), SYSTEM.name());
    ended(
        more.values().stream()
            .filter(each -> kept.contains(each.id()) && each.state() == State.RESOLVED)
            .toList());
  }

  /** One look at each whose wallet is there. */
  private Map<Reconciliation, Look> looks(List<Reconciliation> reconciliations) {
    var wallets = reconciliations.stream().map(CompareBalances::wallet).collect(Collectors.toSet());
    // up to when balances are known is read before they are: what comes in between is not missed
    var balances = snapshots.latest(wallets);
    var looks = new LinkedHashMap<Reconciliation, Look>();
    for (var each : reconciliations) {
      var balance = balances.get(wallet(each));
      if (balance != null) {
        looks.put(each, look(each, balance));
      }
    }
    return looks;
  }

  /** Resolves what a later agreement made good, of these wallets or, for null, of all. */
  void resolveAgreed(@Nullable Set<WalletId> wallets, Instant at) {
    ended(reconciliations.resolveAgreed(wallets, at, SYSTEM.name()));
  }

  private void ended(List<Reconciliation> resolved) {
    audit.compared(SYSTEM, resolved);
    listeners.ended(resolved);
  }

  private Look look(Reconciliation reconciliation, WalletBalance balance) {
    var expected = reconciliation.expected();
    var course = new BalanceCourse(expected);
    history.trace(expected.walletId(), expected.asOf(), behind(expected.windowEnd()), course::add);
    var knownUntil = balance.latest().map(CompareBalances::knownUntil).orElse(null);
    var decidedAt = decidedAt(reconciliation);
    // what is told while this looks is seen by no later look, and so not by this one
    var toldUntil = decidedAt == null ? balance.readAt() : decidedAt;
    var knownBefore = gap(reconciliation, knownUntil);
    if (knownBefore.isPresent()) {
      reachToNext(expected.walletId(), course, toldUntil);
    }
    move(reconciliation, toldUntil, decidedAt == null ? knownUntil : null, course);
    return new Look(
        reconciliation.id(),
        // how it was when it was decided: whoever looks again finds the same
        decidedAt == null ? knownBefore.orElse(knownUntil) : reconciliation.knownUntil(),
        course.compare(knownUntil, balance.readAt()).orElse(null));
  }

  /** When it was compared first; what was told later decides nothing. */
  private @Nullable Instant decidedAt(Reconciliation reconciliation) {
    return reconciliation.comparison() == null
        ? null
        : reconciliations.comparisons(reconciliation).stream()
            .map(Comparison::comparedAt)
            .min(Instant::compareTo)
            .orElseThrow();
  }

  /**
   * Up to when the balance was known before a gap in which the lag ended: the provider was not
   * asked from then until it told more. Empty where there is no such gap, or none that is known of.
   */
  private static Optional<Instant> gap(
      Reconciliation reconciliation, @Nullable Instant knownUntil) {
    var end = reconciliation.expected().windowEnd();
    return Optional.ofNullable(reconciliation.knownUntil())
        .filter(before -> before.isBefore(end))
        .filter(_ -> knownUntil != null && !knownUntil.isBefore(end));
  }

  private void reachToNext(WalletId wallet, BalanceCourse course, Instant toldUntil) {
    course
        .newest()
        .flatMap(newest -> next(wallet, newest, toldUntil))
        .ifPresent(
            next ->
                course.reachTo(
                    new BalancePoint(
                        next.sequence(), next.asOf(), next.balance().available().amount())));
  }

  /** The next balance, where it was told by then. */
  private Optional<WalletBalanceSnapshot> next(
      WalletId wallet, BalancePoint point, Instant toldUntil) {
    return history.snapshots(wallet, point.sequence() + 1, 1).stream()
        .filter(next -> !next.createdAt().isAfter(toldUntil))
        .findFirst();
  }

  /**
   * By what moved since the balance that stood at the moment was told, a bounded number of rows.
   *
   * @param knownUntil up to when the newest balance is known; null where it is no news, because
   *     that was decided before
   */
  private void move(
      Reconciliation reconciliation,
      Instant toldUntil,
      @Nullable Instant knownUntil,
      BalanceCourse course) {
    var expected = reconciliation.expected();
    var standing = course.standing().orElse(null);
    if (standing == null) {
      return;
    }
    var since = standsSince(reconciliation, standing, toldUntil, knownUntil);
    var before = movements.sum(expected.walletId(), behind(since), behind(expected.asOf()));
    if (before.count() > 0) {
      course.moveBefore(new Money(before.difference(), expected.amount().currency()));
    }
    var query =
        new Movements.Query(
            expected.walletId(),
            behind(expected.asOf()),
            behind(course.end()),
            Movements.Order.OLDEST_FIRST,
            null,
            PAGE);
    var page = movements.page(query);
    move(course, page);
    for (var pages = 1; page.hasMore() && pages < MOST_PAGES; pages++) {
      page = movements.page(after(query, page.items().getLast()));
      move(course, page);
    }
  }

  /**
   * Since when movements can have changed the balance that stood at the moment: since it was told,
   * or told again with nothing else between.
   */
  private Instant standsSince(
      Reconciliation reconciliation,
      BalancePoint standing,
      Instant toldUntil,
      @Nullable Instant knownUntil) {
    var expected = reconciliation.expected();
    var next =
        next(expected.walletId(), standing, toldUntil)
            .map(WalletBalanceSnapshot::asOf)
            .orElse(null);
    // what was decided before, and nothing else was told, was known to the end of the lag
    var known = knownUntil == null && next == null ? expected.windowEnd() : knownUntil;
    return Stream.of(Optional.ofNullable(reconciliation.knownUntil()), Optional.ofNullable(known))
        .flatMap(Optional::stream)
        .filter(told -> next == null || told.isBefore(next))
        .map(told -> told.isBefore(expected.asOf()) ? told : expected.asOf())
        .filter(told -> told.isAfter(standing.asOf()))
        .max(Instant::compareTo)
        .orElse(standing.asOf());
  }

  private static void move(BalanceCourse course, Page<ProviderMovement> page) {
    page.items().forEach(each -> course.move(each.occurredAt(), each.difference()));
  }

  private static Movements.Query after(Movements.Query first, ProviderMovement last) {
    return new Movements.Query(
        first.wallet(),
        first.from(),
        first.until(),
        first.order(),
        Movements.Place.of(last),
        first.limit());
  }

  /** The next moment: periods contain their beginning and not their end. */
  private static Instant behind(Instant moment) {
    return moment.plus(INSTANT);
  }

  private static Instant knownUntil(LatestBalance latest) {
    var asOf = latest.snapshot().asOf();
    return latest.confirmedAt().isAfter(asOf) ? latest.confirmedAt() : asOf;
  }

  private static WalletId wallet(Reconciliation reconciliation) {
    return reconciliation.expected().walletId();
  }
}
