package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of {@link BalanceFreshness} tells: ages of what is known, and only of that.
 */
public interface BalanceFreshnessContract extends RegistryPorts {
  Duration SLACK = Duration.ofSeconds(50);

  BalanceSnapshots snapshots();

  /** Over a storage that holds no wallets yet. */
  BalanceFreshness freshness();

  @Test
  default void whatIsNotConfirmedHasNoAge() {
    assertThat(freshness().ages()).isEmpty();

    registered();

    assertThat(freshness().ages()).isEmpty();
  }

  @Test
  default void theOldestConfirmationCounts() {
    confirmed(Duration.ofMinutes(10));
    confirmed(Duration.ofMinutes(30));
    confirmed(Duration.ofMinutes(20));
    registered();

    assertAges(Duration.ofMinutes(30), Duration.ofMinutes(30));
  }

  @Test
  default void oneOfAHundredMayBeOlder() {
    LongStream.rangeClosed(1, 100).mapToObj(Duration::ofMinutes).forEach(this::confirmed);

    assertAges(Duration.ofMinutes(100), Duration.ofMinutes(99));
  }

  @Test
  default void closedWalletsDoNotCountAndPausedOnesDo() {
    setStatus(confirmed(Duration.ofHours(9)), Wallet.Status.CLOSED);
    setStatus(confirmed(Duration.ofHours(2)), Wallet.Status.PAUSED);
    confirmed(Duration.ofHours(1));

    assertAges(Duration.ofHours(2), Duration.ofHours(2));
  }

  @Test
  default void aConfirmationAheadOfTheClockIsNew() {
    confirmed(Duration.ofMinutes(-5));

    assertThat(freshness().ages())
        .contains(new BalanceFreshness.Ages(Duration.ZERO, Duration.ZERO));
  }

  private void assertAges(Duration oldest, Duration percentile99) {
    var ages = freshness().ages().orElseThrow();
    assertThat(ages.oldest()).isBetween(oldest, oldest.plus(SLACK));
    assertThat(ages.percentile99()).isBetween(percentile99, percentile99.plus(SLACK));
  }

  private void setStatus(Wallet wallet, Wallet.Status status) {
    var changed =
        new Wallet(
            wallet.id(),
            wallet.connectionId(),
            wallet.provider(),
            wallet.providerAccountId(),
            wallet.currency(),
            wallet.ownerId(),
            wallet.providerCustomerId(),
            wallet.metadata(),
            status,
            wallet.createdAt(),
            wallet.updatedAt());
    transactions()
        .inTransaction(
            () -> {
              wallets().update(changed);
              return changed;
            });
  }

  /** A wallet whose balance was confirmed so long ago. */
  private Wallet confirmed(Duration ago) {
    var wallet = registered();
    var then = Microseconds.cut(InstantSource.system().instant()).minus(ago);
    var snapshot =
        new WalletBalanceSnapshot(
            Examples.id(),
            wallet.id(),
            1,
            wallet.provider(),
            Examples.balance("1"),
            null,
            Examples.MORNING,
            null,
            Examples.MORNING,
            Examples.MORNING,
            Source.API,
            null,
            Metadata.NONE,
            Examples.MORNING);
    transactions()
        .inTransaction(
            () -> {
              snapshots().append(List.of(snapshot));
              snapshots().setLatest(List.of(new LatestBalance(snapshot, then, then)));
              return snapshot;
            });
    return wallet;
  }
}
