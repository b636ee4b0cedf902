package io.walletsync.core.position;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.BalanceSnapshots;
import io.walletsync.core.balance.LatestBalance;
import io.walletsync.core.balance.QuarantinedReading;
import io.walletsync.core.balance.QuarantinedReadings;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.Strangeness;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.position.WalletStandings.Filter;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link WalletStandings} hands over: each wallet that is wanted, once. */
public interface WalletStandingsContract extends RegistryPorts {
  BalanceSnapshots snapshots();

  QuarantinedReadings quarantine();

  WalletStandings standings();

  @Test
  default void aWalletComesWithWhatIsKnownOfIt() {
    var connection = connected();
    var empty = registered(Examples.wallet(connection, "1", Examples.NGN));
    var full = registered(Examples.wallet(connection, "2", Examples.NGN));
    var balance =
        new Balance(Examples.naira("12.34"), Examples.naira("20"), Examples.naira("7.66"));
    keep(full, balance);
    doubt(full);

    var walked = walk(of(connection, Visibility.ALL));

    assertThat(walked).hasSize(2);
    assertThat(walked.getFirst())
        .isEqualTo(
            new WalletStanding(
                empty.id(),
                connection.id(),
                empty.provider(),
                Examples.NGN,
                null,
                Wallet.Status.ACTIVE,
                empty.createdAt(),
                empty.updatedAt(),
                null,
                null,
                false,
                0));
    var second = walked.getLast();
    assertThat(second.id()).isEqualTo(full.id());
    assertThat(second.balance()).isEqualTo(balance);
    assertThat(second.confirmedAt()).isEqualTo(Examples.MORNING.plusSeconds(9));
    assertThat(second.inDoubt()).isTrue();
  }

  @Test
  default void onlyWhatTheFilterWantsIsHandedOver() {
    var connection = connected();
    var naira = registered(Examples.wallet(connection, "1", Examples.NGN)).id();
    var cedi = registered(Examples.wallet(connection, "2", Examples.GHS)).id();
    var elsewhere = registered();
    var visible = new Visibility(Set.of(connection.id().value()));

    assertThat(ids(of(connection, Visibility.ALL))).containsExactlyInAnyOrder(naira, cedi);
    assertThat(ids(new Filter(visible, null, null, null, null)))
        .containsExactlyInAnyOrder(naira, cedi);
    assertThat(ids(new Filter(visible, Examples.GHS, null, null, null))).containsExactly(cedi);
    assertThat(ids(new Filter(visible, null, Examples.FINCRA, null, null))).isEmpty();
    assertThat(ids(new Filter(visible, null, null, null, "ada"))).isEmpty();
    assertThat(ids(new Filter(visible, null, null, elsewhere.connectionId(), null))).isEmpty();
    assertThat(ids(of(connection, new Visibility(Set.of(UUID.randomUUID()))))).isEmpty();
    assertThat(ids(of(connection, new Visibility(Set.of())))).isEmpty();
  }

  @Test
  default void theTimeIsThatOfTheDatabase() {
    var now = standings().now();

    assertThat(now).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
  }

  private static Filter of(Connection connection, Visibility visibility) {
    return new Filter(visibility, null, null, connection.id(), null);
  }

  private List<WalletId> ids(Filter filter) {
    return walk(filter).stream().map(WalletStanding::id).toList();
  }

  private List<WalletStanding> walk(Filter filter) {
    return transactions()
        .inTransaction(
            () -> {
              var walked = new ArrayList<WalletStanding>();
              standings().walk(filter, walked::add);
              return walked;
            });
  }

  private void keep(Wallet wallet, Balance balance) {
    var snapshot =
        new WalletBalanceSnapshot(
            Examples.id(),
            wallet.id(),
            1,
            wallet.provider(),
            balance,
            null,
            Examples.MORNING,
            null,
            Examples.MORNING,
            Examples.MORNING,
            Source.API,
            null,
            Metadata.NONE,
            Examples.MORNING);
    var confirmed = Examples.MORNING.plusSeconds(9);
    transactions()
        .inTransaction(
            () -> {
              snapshots().append(List.of(snapshot));
              snapshots().setLatest(List.of(new LatestBalance(snapshot, confirmed, confirmed)));
              return snapshot;
            });
  }

  private void doubt(Wallet wallet) {
    var reading =
        new QuarantinedReading(
            Examples.id(),
            wallet.id(),
            wallet.connectionId(),
            wallet.provider(),
            Strangeness.SUDDEN_ZERO,
            Examples.balance("0"),
            null,
            null,
            Examples.MORNING,
            Examples.MORNING,
            Source.API,
            Metadata.NONE,
            1,
            Examples.MORNING,
            Examples.MORNING,
            null);
    transactions()
        .inTransaction(
            () -> {
              quarantine().save(List.of(reading));
              return reading;
            });
  }
}
