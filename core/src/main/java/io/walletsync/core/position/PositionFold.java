package io.walletsync.core.position;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.Money;
import io.walletsync.core.position.Position.By;
import io.walletsync.core.position.Position.Concern;
import io.walletsync.core.position.Position.Group;
import io.walletsync.core.position.Position.Missing;
import io.walletsync.core.position.Position.Noted;
import io.walletsync.core.position.Position.Sum;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Adds wallet to wallet. Each one that is expected is counted or said to be left out. */
final class PositionFold {
  static final int MOST_NOTED = 20;

  private final Set<By> by;
  private final Instant at;
  private final @Nullable Duration maxAge;
  private final Map<Group, Position> positions = new TreeMap<>();

  PositionFold(Set<By> by, Instant at, @Nullable Duration maxAge) {
    this.by = by;
    this.at = at;
    this.maxAge = maxAge;
  }

  /** Adds a wallet as it stands now. */
  void add(WalletStanding wallet) {
    var balance = wallet.balance();
    var confirmedAt = wallet.confirmedAt();
    if (balance == null || confirmedAt == null) {
      leaveOut(wallet, reason(wallet));
    } else {
      count(wallet, balance, confirmedAt, concerns(wallet, confirmedAt));
    }
  }

  /** Adds what was in a wallet then. What spoke against it then is not kept. */
  void addPast(WalletStanding wallet, Balance balance, Instant observedAt) {
    count(wallet, balance, observedAt, Set.of());
  }

  void leaveOut(WalletStanding wallet, Missing reason) {
    var p = position(wallet);
    put(
        p,
        p.available(),
        p.ledger(),
        p.locked(),
        p.oldestConfirmation(),
        p.newestConfirmation(),
        plus(p.leftOut(), Set.of(reason)),
        p.concerns(),
        new Noted(wallet.id(), reason, Set.of()));
  }

  private void count(
      WalletStanding wallet, Balance balance, Instant confirmedAt, Set<Concern> concerns) {
    var p = position(wallet);
    var oldest = p.oldestConfirmation();
    var newest = p.newestConfirmation();
    put(
        p,
        p.available().plus(balance.available().amount()),
        plus(p.ledger(), balance.ledger()),
        plus(p.locked(), balance.locked()),
        oldest == null || confirmedAt.isBefore(oldest) ? confirmedAt : oldest,
        newest == null || confirmedAt.isAfter(newest) ? confirmedAt : newest,
        p.leftOut(),
        plus(p.concerns(), concerns),
        concerns.isEmpty() ? null : new Noted(wallet.id(), null, concerns));
  }

  private Position position(WalletStanding wallet) {
    var group = Group.of(wallet, by);
    var known = positions.get(group);
    return known == null
        ? new Position(
            group,
            Sum.NOTHING,
            Sum.NOTHING,
            Sum.NOTHING,
            0,
            null,
            null,
            Map.of(),
            Map.of(),
            List.of())
        : known;
  }

  private void put(
      Position before,
      Sum available,
      Sum ledger,
      Sum locked,
      @Nullable Instant oldest,
      @Nullable Instant newest,
      Map<Missing, Long> leftOut,
      Map<Concern, Long> concerns,
      @Nullable Noted noted) {
    positions.put(
        before.group(),
        new Position(
            before.group(),
            available,
            ledger,
            locked,
            before.expected() + 1,
            oldest,
            newest,
            leftOut,
            concerns,
            plus(before.noted(), noted)));
  }

  /** One more than are shown, so that it is known whether there are more. */
  private static List<Noted> plus(List<Noted> some, @Nullable Noted one) {
    if (one == null || some.size() > MOST_NOTED) {
      return some;
    }
    var more = new ArrayList<>(some);
    more.add(one);
    return more;
  }

  /** An amount that is not known adds nothing, and is not counted either. */
  private static Sum plus(Sum sum, @Nullable Money amount) {
    return amount == null ? sum : sum.plus(amount.amount());
  }

  private static <R> Map<R, Long> plus(Map<R, Long> counts, Set<R> reasons) {
    if (reasons.isEmpty()) {
      return counts;
    }
    var more = new HashMap<>(counts);
    reasons.forEach(reason -> more.merge(reason, 1L, Long::sum));
    return more;
  }

  private static Missing reason(WalletStanding wallet) {
    if (wallet.inDoubt()) {
      return Missing.IN_DOUBT;
    }
    return wallet.failures() > 0 ? Missing.FAILING : Missing.NO_BALANCE_YET;
  }

  private Set<Concern> concerns(WalletStanding wallet, Instant confirmedAt) {
    var concerns = EnumSet.noneOf(Concern.class);
    if (maxAge != null && Duration.between(confirmedAt, at).compareTo(maxAge) > 0) {
      concerns.add(Concern.STALE);
    }
    if (wallet.inDoubt()) {
      concerns.add(Concern.IN_DOUBT);
    }
    if (wallet.failures() > 0) {
      concerns.add(Concern.FAILING);
    }
    if (wallet.status() == Wallet.Status.PAUSED) {
      concerns.add(Concern.PAUSED);
    }
    return concerns;
  }

  int groups() {
    return positions.size();
  }

  /** The positions in the order of their groups. */
  List<Position> positions() {
    return List.copyOf(positions.values());
  }
}
