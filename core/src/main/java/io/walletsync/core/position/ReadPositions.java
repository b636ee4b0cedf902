package io.walletsync.core.position;

import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.position.Position.By;
import io.walletsync.core.position.Position.Concern;
import io.walletsync.core.position.Position.Missing;
import io.walletsync.core.position.WalletStandings.Filter;
import io.walletsync.core.wallet.WalletClosures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Use case: how much money there is, now or at a time that has passed. A wallet that is stale, in
 * doubt or failing is counted and said; one of which nothing is known is left out and said.
 */
public final class ReadPositions {
  public static final int MOST_GROUPS = 10_000;
  private static final int WALLETS_AT_ONCE = 1_000;

  private final Transactions transactions;
  private final WalletStandings standings;
  private final WalletClosures closures;
  private final BalanceHistory history;

  public ReadPositions(
      Transactions transactions,
      WalletStandings standings,
      WalletClosures closures,
      BalanceHistory history) {
    this.transactions = transactions;
    this.standings = standings;
    this.closures = closures;
    this.history = history;
  }

  public Outcome read(Query query) {
    return transactions.inTransaction(
        () -> {
          var now = standings.now();
          var at = query.at();
          if (at == null) {
            return outcome(query, now, present(query, now));
          }
          return at.isAfter(now)
              ? new Outcome.NotYet()
              : outcome(query, at, past(query.filter(), query.by(), at));
        });
  }

  private PositionFold present(Query query, Instant now) {
    var fold = new PositionFold(query.by(), now, query.maxAge());
    standings.walk(
        query.filter(),
        wallet -> {
          if (wallet.isExpected() && fold.groups() <= MOST_GROUPS) {
            fold.add(wallet);
          }
        });
    return fold;
  }

  private PositionFold past(Filter filter, Set<By> by, Instant at) {
    var fold = new PositionFold(by, at, null);
    var some = new ArrayList<WalletStanding>();
    standings.walk(
        filter,
        wallet -> {
          if (wallet.isExpectedAt(at) && fold.groups() <= MOST_GROUPS) {
            some.add(wallet);
          }
          if (some.size() == WALLETS_AT_ONCE) {
            addPast(fold, some, at);
            some.clear();
          }
        });
    addPast(fold, some, at);
    return fold;
  }

  private void addPast(PositionFold fold, List<WalletStanding> wallets, Instant at) {
    var ids = wallets.stream().map(WalletStanding::id).collect(Collectors.toUnmodifiableSet());
    var closed = closures.closedAt(ids, at);
    var facts = history.at(ids, at);
    for (var wallet : wallets) {
      var fact = facts.get(wallet.id());
      if (closed.contains(wallet.id())) {
        continue;
      }
      if (fact == null) {
        fold.leaveOut(wallet, Missing.NO_BALANCE_YET);
      } else {
        fold.addPast(wallet, fact.balance(), observedAt(fact));
      }
    }
  }

  private static Instant observedAt(BalanceFact fact) {
    return switch (fact) {
      case BalanceFact.Snapshot(var snapshot) -> snapshot.observedAt();
      case BalanceFact.Late late -> late.observedAt();
    };
  }

  private static Outcome outcome(Query query, Instant at, PositionFold fold) {
    if (fold.groups() > MOST_GROUPS) {
      return new Outcome.TooManyGroups();
    }
    var positions = fold.positions();
    var stale = positions.stream().mapToLong(p -> count(p.concerns(), Concern.STALE)).sum();
    var leftOut = positions.stream().mapToLong(p -> p.expected() - p.counted()).sum();
    return query.refuseStale() && stale + leftOut > 0
        ? new Outcome.TooOld(stale, leftOut)
        : new Outcome.Found(at, positions);
  }

  private static long count(Map<Concern, Long> concerns, Concern concern) {
    return concerns.getOrDefault(concern, 0L);
  }

  /**
   * What to add up. How fresh a balance was in the past is not kept, so {@code maxAge} goes with
   * the present alone.
   *
   * @param at null for now
   * @param maxAge what was confirmed longer ago is stale; null for any age
   * @param refuseStale whether one stale or missing wallet spoils the answer
   */
  public record Query(
      Filter filter,
      Set<By> by,
      @Nullable Instant at,
      @Nullable Duration maxAge,
      boolean refuseStale) {
    public Query {
      by = Set.copyOf(by);
    }
  }

  /** What became of the question. */
  public sealed interface Outcome {
    /** The positions in the order of their groups. */
    record Found(Instant at, List<Position> positions) implements Outcome {}

    /** Not every expected wallet was confirmed recently enough. */
    record TooOld(long stale, long leftOut) implements Outcome {}

    record TooManyGroups() implements Outcome {}

    /** The time has not passed yet. */
    record NotYet() implements Outcome {}
  }
}
