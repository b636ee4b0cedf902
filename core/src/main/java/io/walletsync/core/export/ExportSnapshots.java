package io.walletsync.core.export;

import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceHistory.Order;
import io.walletsync.core.balance.BalanceHistory.Position;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Use case: every snapshot of a period, wallet by wallet and each in its order, in pages that hold
 * no transaction: however many there are, few are held at once, and any row is a place to go on.
 */
public final class ExportSnapshots {
  private static final int AT_ONCE = 1_000;

  private final Wallets wallets;
  private final BalanceHistory history;

  public ExportSnapshots(Wallets wallets, BalanceHistory history) {
    this.wallets = wallets;
    this.history = history;
  }

  public void export(Query query, Consumer<WalletBalanceSnapshot> each) {
    var after = query.after();
    var first = after == null ? query.wallet() : after.wallet();
    if (first != null) {
      // the only wallet, or the one in which the rows broke off, as far as it is still seen
      wallets
          .find(first, query.visibility())
          .filter(query::wants)
          .ifPresent(wallet -> export(wallet, query.begin(), query.to(), each));
    }
    if (query.wallet() == null) {
      exportAll(query, first, each);
    }
  }

  private void exportAll(
      Query query, @Nullable WalletId behind, Consumer<WalletBalanceSnapshot> each) {
    var last = behind;
    while (true) {
      var page = wallets.page(query.page(last));
      page.items().forEach(wallet -> export(wallet, query.from(), query.to(), each));
      if (!page.hasMore()) {
        return;
      }
      last = page.items().getLast().id();
    }
  }

  private void export(
      Wallet wallet, Instant from, Instant to, Consumer<WalletBalanceSnapshot> each) {
    if (!from.isBefore(to)) {
      return;
    }
    var query = BalanceHistory.Query.first(wallet.id(), from, to, Order.OLDEST_FIRST, AT_ONCE);
    while (true) {
      var page = history.page(query);
      for (var fact : page.items()) {
        switch (fact) {
          case BalanceFact.Snapshot(var snapshot) -> each.accept(snapshot);
          // no state of its own: it replaced nothing
          case BalanceFact.Late _ -> {}
        }
      }
      if (!page.hasMore()) {
        return;
      }
      query = query.after(Position.of(page.items().getLast()));
    }
  }

  /** The last row that arrived. */
  public record After(WalletId wallet, Instant asOf) {}

  /**
   * What to export; null means any.
   *
   * @param after null to begin with the first
   */
  public record Query(
      Visibility visibility,
      Instant from,
      Instant to,
      @Nullable WalletId wallet,
      @Nullable ConnectionId connection,
      @Nullable ProviderId provider,
      @Nullable CurrencyCode currency,
      @Nullable After after) {

    Wallets.Query page(@Nullable WalletId last) {
      return new Wallets.Query(
          visibility, connection, provider, currency, null, null, last, AT_ONCE);
    }

    /** In the wallet with which it begins. */
    Instant begin() {
      var next = after == null ? from : after.asOf().plus(1, ChronoUnit.MICROS);
      return next.isAfter(from) ? next : from;
    }

    boolean wants(Wallet one) {
      return (wallet == null || wallet.equals(one.id()))
          && (connection == null || connection.equals(one.connectionId()))
          && (provider == null || provider.equals(one.provider()))
          && (currency == null || currency.equals(one.currency()));
    }
  }
}
