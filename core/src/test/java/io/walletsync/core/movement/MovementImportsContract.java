package io.walletsync.core.movement;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.movement.MovementImports.Standing;
import io.walletsync.core.movement.MovementImports.Taken;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link MovementImports} keeps: one at a time, and how far it is. */
public interface MovementImportsContract extends RegistryPorts {
  Duration LEASE = Duration.ofMinutes(1);
  ImportProgress PROGRESS =
      new ImportProgress(
          new Coverage(Examples.MORNING, Examples.MORNING.plusSeconds(60)),
          new Window(Examples.MORNING.plusSeconds(50), Examples.MORNING.plusSeconds(90)),
          "page-7",
          Examples.MORNING.plusSeconds(55),
          Examples.MORNING.plusSeconds(54));

  MovementImports imports();

  @Test
  default void beginsWithNothing() {
    var wallet = registered().id();
    assertThat(imports().find(wallet)).isEmpty();

    var taken = take(wallet).orElseThrow();

    assertThat(taken.progress()).isEqualTo(ImportProgress.NONE);
    assertThat(imports().find(wallet)).contains(new Standing(ImportProgress.NONE, null, null, 0));
  }

  @Test
  default void isTakenByOneAtATimeAndAnotherGoesOnWhereItEnded() {
    var wallet = registered().id();
    var taken = take(wallet).orElseThrow();
    assertThat(take(wallet)).isEmpty();
    assertThat(save(taken, PROGRESS)).isTrue();

    assertThat(end(taken, null, null)).isTrue();

    assertThat(take(wallet).orElseThrow().progress()).isEqualTo(PROGRESS);
    assertThat(imports().find(wallet).orElseThrow().endedAt()).isNotNull();
  }

  @Test
  default void whoseLeaseEndedIsFencedOnceAnotherHasIt() {
    var wallet = registered().id();
    var late =
        transactions().inTransaction(() -> imports().take(wallet, Duration.ZERO)).orElseThrow();
    var other = take(wallet).orElseThrow();

    assertThat(save(late, PROGRESS)).isFalse();
    assertThat(end(late, null, null)).isFalse();

    assertThat(imports().find(wallet).orElseThrow().progress()).isEqualTo(ImportProgress.NONE);
    assertThat(save(other, PROGRESS)).isTrue();
  }

  @Test
  default void countsFailuresInARow() {
    var wallet = registered().id();
    for (var i = 1; i <= 2; i++) {
      end(take(wallet).orElseThrow(), "timeout", null);
      var standing = imports().find(wallet).orElseThrow();
      assertThat(standing.failures()).isEqualTo(i);
      assertThat(standing.failure()).isEqualTo("timeout");
    }

    end(take(wallet).orElseThrow(), null, null);

    assertThat(imports().find(wallet).orElseThrow().failures()).isZero();
    assertThat(imports().find(wallet).orElseThrow().failure()).isNull();
  }

  @Test
  default void isDueAgainWhenItsTimeHasComeAndNotWhileSomebodyHasIt() {
    var wallet = registered().id();
    end(take(wallet).orElseThrow(), null, Duration.ZERO);
    assertThat(imports().due(1_000)).contains(wallet);

    var taken = take(wallet).orElseThrow();
    assertThat(imports().due(1_000)).doesNotContain(wallet);

    end(taken, null, Duration.ofHours(1));
    assertThat(imports().due(1_000)).doesNotContain(wallet);
    assertThat(imports().oldest()).isPresent();
  }

  @Test
  default void enrolsActiveWalletsOnceAndLetsGoOfOthers() {
    var wallet = registered();
    assertThat(imports().enrol(Duration.ZERO, 1_000_000)).isPositive();
    assertThat(imports().due(1_000_000)).contains(wallet.id());
    assertThat(imports().enrol(Duration.ZERO, 1_000_000)).isZero();

    set(wallet, Wallet.Status.PAUSED);
    assertThat(imports().due(1_000_000)).doesNotContain(wallet.id());
    assertThat(imports().enrol(Duration.ZERO, 1_000_000)).isZero();

    set(wallet, Wallet.Status.ACTIVE);
    imports().enrol(Duration.ZERO, 1_000_000);
    assertThat(imports().due(1_000_000)).contains(wallet.id());
  }

  private void set(Wallet wallet, Wallet.Status status) {
    transactions()
        .inTransaction(
            () -> {
              wallets()
                  .update(
                      new Wallet(
                          wallet.id(),
                          wallet.connectionId(),
                          wallet.provider(),
                          wallet.providerAccountId(),
                          wallet.currency(),
                          null,
                          null,
                          Metadata.NONE,
                          status,
                          wallet.createdAt(),
                          Instant.EPOCH));
              return wallet;
            });
  }

  private Optional<Taken> take(WalletId wallet) {
    return transactions().inTransaction(() -> imports().take(wallet, LEASE));
  }

  private boolean save(Taken taken, ImportProgress progress) {
    return transactions().inTransaction(() -> imports().save(taken.lease(), progress));
  }

  private boolean end(Taken taken, @Nullable String failure, @Nullable Duration next) {
    return transactions().inTransaction(() -> imports().end(taken.lease(), failure, next));
  }
}
