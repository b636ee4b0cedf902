package io.walletsync.core.analytics;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Use case: how often balances changed in a period, by wallet, connection or provider: in any of
 * their amounts, for it is recorded changes that are counted. Of what has not passed yet it says
 * nothing, as {@link AnalyzeBalance} does.
 */
public final class CountChanges {
  private static final int WALLETS_AT_ONCE = 1_000;

  private final Wallets wallets;
  private final BalanceHistory history;
  private final InstantSource clock;

  public CountChanges(Wallets wallets, BalanceHistory history, InstantSource clock) {
    this.wallets = wallets;
    this.history = history;
    this.clock = clock;
  }

  /** Closed wallets count: what they did, they did. */
  public Outcome count(Query asked) {
    var now = Microseconds.cut(clock.instant());
    var from = asked.period().from();
    if (!from.isBefore(now)) {
      return new Outcome.NotBegun();
    }
    var query = asked.until(now);
    if (query.period().length().compareTo(AnalyzeBalance.LONGEST) > 0) {
      return new Outcome.TooLong();
    }
    return switch (query.by()) {
      case WALLET -> ofWallets(query);
      case CONNECTION, PROVIDER -> ofGroups(query);
    };
  }

  private Outcome ofWallets(Query query) {
    var page = wallets.page(wanted(query, query.after(), query.limit()));
    var counts = new ArrayList<Count>();
    count(query, page.items(), counts::add);
    return new Outcome.Counted(query.period(), counts, page.hasMore());
  }

  private Outcome ofGroups(Query query) {
    var groups = new TreeMap<Group, Count>();
    WalletId last = null;
    while (true) {
      var page = wallets.page(wanted(query, last, WALLETS_AT_ONCE));
      count(
          query,
          page.items(),
          count -> groups.merge(count.group().within(query.by()), count, Count::plus));
      if (!page.hasMore()) {
        break;
      }
      last = page.items().getLast().id();
    }
    return new Outcome.Counted(
        query.period(),
        groups.entrySet().stream().map(e -> e.getValue().in(e.getKey())).toList(),
        false);
  }

  private static Wallets.Query wanted(Query query, @Nullable WalletId after, int limit) {
    return new Wallets.Query(
        query.visibility(), query.connection(), query.provider(), null, null, null, after, limit);
  }

  private void count(Query query, List<Wallet> some, Consumer<Count> each) {
    Set<WalletId> ids = some.stream().map(Wallet::id).collect(Collectors.toUnmodifiableSet());
    var changes = history.changes(ids, query.period().from(), query.period().to());
    for (var wallet : some) {
      var counted = changes.get(wallet.id());
      each.accept(
          new Count(
              new Group(wallet.provider(), wallet.connectionId(), wallet.id()),
              1,
              counted == null ? 0 : 1,
              counted == null ? 0 : counted));
    }
  }

  /** What counts are told by. */
  public enum By {
    WALLET,
    CONNECTION,
    PROVIDER
  }

  /**
   * What to count.
   *
   * @param connection only its wallets; null for all
   * @param provider likewise
   * @param after the last wallet of the previous page, where wallets are listed
   */
  public record Query(
      Visibility visibility,
      Period period,
      By by,
      @Nullable ConnectionId connection,
      @Nullable ProviderId provider,
      @Nullable WalletId after,
      int limit) {
    private Query until(Instant now) {
      return period.to().isAfter(now)
          ? new Query(
              visibility, new Period(period.from(), now), by, connection, provider, after, limit)
          : this;
    }
  }

  /** Whose changes; a provider's group has no connection, and a connection's has no wallet. */
  public record Group(
      ProviderId provider, @Nullable ConnectionId connection, @Nullable WalletId wallet)
      implements Comparable<Group> {
    private static final Comparator<Group> ORDER =
        Comparator.<Group, String>comparing(group -> group.provider().value())
            .thenComparing(group -> String.valueOf(group.connection()))
            .thenComparing(group -> String.valueOf(group.wallet()));

    Group within(By by) {
      return switch (by) {
        case WALLET -> this;
        case CONNECTION -> new Group(provider, connection, null);
        case PROVIDER -> new Group(provider, null, null);
      };
    }

    @Override
    public int compareTo(Group other) {
      return ORDER.compare(this, other);
    }
  }

  /**
   * How often.
   *
   * @param wallets how many there are
   * @param known how many of them had a balance by the end of the period
   */
  public record Count(Group group, long wallets, long known, long changes) {
    Count plus(Count other) {
      return new Count(
          group, wallets + other.wallets, known + other.known, changes + other.changes);
    }

    Count in(Group whole) {
      return new Count(whole, wallets, known, changes);
    }
  }

  /** What became of the question. */
  public sealed interface Outcome {
    /**
     * The counts in order; of wallets one page.
     *
     * @param period what has passed of the one that was asked for
     */
    record Counted(Period period, List<Count> counts, boolean hasMore) implements Outcome {
      public Counted {
        counts = List.copyOf(counts);
      }
    }

    /** What has passed of the period is longer than allowed. */
    record TooLong() implements Outcome {}

    /** The period lies in the future. */
    record NotBegun() implements Outcome {}
  }
}
