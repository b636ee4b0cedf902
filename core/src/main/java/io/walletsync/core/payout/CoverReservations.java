package io.walletsync.core.payout;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.movement.Movements;
import io.walletsync.core.movement.ProviderMovement;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Ends the reservations of a locked wallet that its snapshots and movements cover by now, in the
 * caller's open transaction. What was looked at once is not looked at again.
 */
final class CoverReservations {
  private static final int PAGE = 500;

  /** How many snapshots may come of calls that were under way when a reservation ended. */
  private static final int CALLS_UNDER_WAY = 8;

  private final Reservations reservations;
  private final BalanceHistory history;
  private final Movements movements;
  private final PayoutAudit audit;

  CoverReservations(
      Reservations reservations, BalanceHistory history, Movements movements, PayoutAudit audit) {
    this.reservations = reservations;
    this.history = history;
    this.movements = movements;
    this.audit = audit;
  }

  /** Returns what is still set aside. */
  List<Reservation> cover(WalletBalance wallet, Instant now) {
    var open = reservations.open(wallet.wallet().id());
    var latest = wallet.latest().orElse(null);
    return open.isEmpty() || latest == null ? open : cover(wallet, latest, open, now);
  }

  /** Whether something happened that may cover one; looks without a lock. */
  boolean hasNews(WalletBalance wallet) {
    var open = reservations.open(wallet.wallet().id());
    return wallet
        .latest()
        .filter(latest -> !open.isEmpty() && !news(wallet, latest, open).isNone())
        .isPresent();
  }

  private News news(WalletBalance wallet, LatestBalance latest, List<Reservation> open) {
    var newest = latest.snapshot().sequence();
    var askedAt = latest.confirmedByCallStartedAt();
    var named = new HashSet<>(movements.named(wallet.wallet().id(), names(open)));
    return new News(
        named,
        open.stream()
            .filter(it -> named.stream().anyMatch(m -> Coverage.isOf(it, m)))
            .filter(it -> named.stream().anyMatch(m -> Coverage.isIn(m, askedAt)))
            .toList(),
        open.stream().filter(it -> it.confirmed() != null && it.examined() < newest).toList());
  }

  private List<Reservation> cover(
      WalletBalance wallet, LatestBalance latest, List<Reservation> open, Instant now) {
    var id = wallet.wallet().id();
    var newest = latest.snapshot().sequence();
    var askedAt = latest.confirmedByCallStartedAt();
    var news = news(wallet, latest, open);
    if (news.isNone()) {
      return open;
    }
    var named = news.named();
    var moved = news.moved();
    var unexamined = news.unexamined();
    var since =
        Math.min(
            moved.stream().mapToLong(it -> it.made().sequence()).min().orElse(newest),
            unexamined.stream().mapToLong(Reservation::examined).min().orElse(newest));
    var ended = endedAround(id, since - CALLS_UNDER_WAY);
    var coverage = new Coverage(now, open, ended);
    if (!moved.isEmpty()) {
      named.addAll(
          movements.named(id, names(ended.stream().filter(Coverage::isCoveredByReading).toList())));
      coverage.byMovements(named, askedAt, newest);
    }
    if (!unexamined.isEmpty()) {
      change(wallet, coverage, unexamined);
    }
    keep(wallet, open, coverage);
    return List.copyOf(coverage.stillOpen());
  }

  /** Whether one that was sent may have left by what readings showed and others were given. */
  boolean isInQuestion(WalletBalance wallet, Reservation one) {
    var id = wallet.wallet().id();
    var ended = endedAround(id, one.made().sequence());
    var covered = ended.stream().filter(Coverage::isCoveredByReading).toList();
    return !covered.isEmpty()
        && new Coverage(wallet.readAt(), List.of(), ended)
            .isInQuestion(
                one,
                movements.named(id, names(covered)),
                wallet.latest().orElseThrow().confirmedByCallStartedAt());
  }

  /** Those that ended since, and in turn those that ended while these were open. */
  private List<Reservation> endedAround(WalletId wallet, long since) {
    var from = since;
    while (true) {
      var ended = reservations.endedSince(wallet, from);
      var oldest =
          ended.stream()
              .filter(Coverage::isCoveredByReading)
              .mapToLong(it -> it.made().sequence())
              .min()
              .orElse(from);
      if (oldest >= from) {
        return ended;
      }
      from = oldest;
    }
  }

  private void change(WalletBalance wallet, Coverage coverage, List<Reservation> unexamined) {
    var from = unexamined.stream().mapToLong(Reservation::examined).min().orElseThrow();
    var page = history.snapshots(wallet.wallet().id(), from, PAGE);
    while (page.size() > 1) {
      for (var i = 1; i < page.size(); i++) {
        coverage.byChange(page.get(i - 1), page.get(i));
      }
      page = history.snapshots(wallet.wallet().id(), page.getLast().sequence(), PAGE);
    }
  }

  private void keep(WalletBalance wallet, List<Reservation> before, Coverage coverage) {
    var known = new HashSet<>(before);
    var changed = new ArrayList<>(coverage.covered());
    coverage.stillOpen().stream().filter(it -> !known.contains(it)).forEach(changed::add);
    if (!changed.isEmpty()) {
      reservations.save(changed);
    }
    audit.covered(wallet.wallet(), coverage.covered());
  }

  /**
   * What was not looked at yet.
   *
   * @param named the movements under the names of what is set aside
   * @param moved of which one of them tells
   * @param unexamined whose wallet has newer snapshots
   */
  private record News(
      Set<ProviderMovement> named, List<Reservation> moved, List<Reservation> unexamined) {
    boolean isNone() {
      return moved.isEmpty() && unexamined.isEmpty();
    }
  }

  private static Set<String> names(Collection<Reservation> reservations) {
    return reservations.stream()
        .map(Reservation::movementName)
        .collect(Collectors.toUnmodifiableSet());
  }
}
