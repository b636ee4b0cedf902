package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.position.WalletStanding;
import io.walletsync.core.position.WalletStandings;
import io.walletsync.core.position.WalletStandingsContract;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

final class PostgresWalletStandingsTest implements WalletStandingsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Connections connections() {
    return Ports.connections();
  }

  @Override
  public Wallets wallets() {
    return Ports.wallets();
  }

  @Override
  public BalanceSnapshots snapshots() {
    return Ports.snapshots();
  }

  @Override
  public QuarantinedReadings quarantine() {
    return Ports.quarantine();
  }

  @Override
  public WalletStandings standings() {
    return Ports.standings();
  }

  @Test
  void moreWalletsThanAreFetchedAtOnceAreAllHandedOverWithTheirFailures() {
    var connection = connected();
    Ports.jdbc()
        .sql(
            """
            with added as (
              insert into wallet (wallet_id, connection_id, provider, provider_account_id, currency,
                                  metadata, status, created_at, updated_at)
              select gen_random_uuid(), ?, 'paystack', number::text, 'NGN', '{}', 'ACTIVE', now(),
                     now()
                from generate_series(1, 2500) as number
              returning wallet_id)
            insert into wallet_schedule (wallet_id, provider, failures)
            select wallet_id, 'paystack', 3 from added
            """)
        .param(connection.id().value())
        .update();
    var filter = new WalletStandings.Filter(Visibility.ALL, null, null, connection.id(), null);

    var walked =
        transactions()
            .inTransaction(
                () -> {
                  var all = new ArrayList<WalletStanding>();
                  standings().walk(filter, all::add);
                  return all;
                });

    assertThat(walked).hasSize(2_500).extracting(WalletStanding::failures).containsOnly(3);
    assertThat(walked).extracting(WalletStanding::id).doesNotHaveDuplicates();
  }
}
