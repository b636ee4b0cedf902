package io.walletsync.core.analytics;

import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Use case: how often balances changed in a period, by wallet, connection or provider. */
public final class CountChanges {
  private static final int WALLETS_AT_ONCE = 1_000;

  private final Wallets wallets;
  private final BalanceHistory history;

  public CountChanges(Wallets wallets, BalanceHistory history) {
    this.wallets = wallets;
    this.history = history;
  }

  /** Closed wallets count: what they did, they did. */
  public Counted count(Query query) {
    return switch (query.by()) {
      case WALLET -> ofWallets(query);
      case CONNECTION, PROVIDER -> ofGroups(query);
    };
  }

  private Counted ofWallets(Query query) {
    var page = wallets.page(wanted(query, query.after(), query.limit()));
    var counts = new ArrayList<Count>();
    count(query, page.items(), counts::add);
    return new Counted(counts, page.hasMore());
  }

  private Counted ofGroups(Query query) {
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
    return new Counted(
        groups.entrySet().stream().map(e -> e.getValue().in(e.getKey())).toList(), false);
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
      int limit) {}

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

  /** The counts in order; of wallets one page. */
  public record Counted(List<Count> counts, boolean hasMore) {
    public Counted {
      counts = List.copyOf(counts);
    }
  }
}
