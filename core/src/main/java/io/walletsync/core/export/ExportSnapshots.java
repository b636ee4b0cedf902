package io.walletsync.core.export;

import io.walletsync.core.analytics.Period;
import io.walletsync.core.balance.BalanceFact;
import io.walletsync.core.balance.BalanceHistory;
import io.walletsync.core.balance.BalanceHistory.Order;
import io.walletsync.core.balance.BalanceHistory.Position;
import io.walletsync.core.balance.WalletBalanceSnapshot;
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

  private final WalletWalk walk;
  private final BalanceHistory history;

  public ExportSnapshots(Wallets wallets, BalanceHistory history) {
    this.walk = new WalletWalk(wallets);
    this.history = history;
  }

  public ExportOutcome export(Query query, Consumer<WalletBalanceSnapshot> each) {
    var after = query.after();
    if (after != null && !query.period().contains(after.asOf())) {
      return new ExportOutcome.ForeignRow();
    }
    return walk.walk(
        query.wallets(),
        after == null ? null : after.wallet(),
        wallet -> export(wallet, query.rest(), query.period().to(), each),
        wallet -> export(wallet, query.period().from(), query.period().to(), each));
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
   * What to export.
   *
   * @param after null to begin with the first
   */
  public record Query(ExportedWallets wallets, Period period, @Nullable After after) {

    /** Where the wallet goes on in which the rows broke off. */
    Instant rest() {
      return after == null ? period.from() : after.asOf().plus(1, ChronoUnit.MICROS);
    }
  }
}
