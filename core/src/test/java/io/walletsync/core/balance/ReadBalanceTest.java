package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.ReadBalance.Outcome;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ReadBalanceTest implements RegistryPorts {
  private static final Duration HOUR = Duration.ofHours(1);

  private final MutableClock clock = new MutableClock(Examples.MORNING);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final Wallet wallet = registered();

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public Connections connections() {
    return storage.connections();
  }

  @Override
  public Wallets wallets() {
    return storage.wallets();
  }

  @Test
  void anUnknownOrHiddenWalletIsUnknown() {
    assertThat(read(new WalletId(UUID.randomUUID()), Visibility.ALL, null))
        .isEqualTo(new Outcome.UnknownWallet());
    assertThat(read(wallet.id(), new Visibility(Set.of()), null))
        .isEqualTo(new Outcome.UnknownWallet());
  }

  @Test
  void aWalletThatWasNeverReadHasNoSnapshotYet() {
    assertThat(read(null)).isEqualTo(new Outcome.NoSnapshotYet(Optional.empty()));
    assertThat(read(Duration.ZERO)).isEqualTo(new Outcome.NoSnapshotYet(Optional.empty()));
  }

  @Test
  void theAgeIsCountedFromTheLastConfirmation() {
    var confirmed = recorded();
    clock.set(confirmed.confirmedAt().plus(HOUR));

    assertThat(read(null)).isEqualTo(new Outcome.Found(confirmed, Optional.empty(), HOUR));
  }

  @Test
  void aBalanceAsOldAsAllowedIsFoundAndAMicrosecondOlderIsTooOld() {
    var confirmed = recorded();
    clock.set(confirmed.confirmedAt().plus(HOUR));
    assertThat(read(HOUR)).isEqualTo(new Outcome.Found(confirmed, Optional.empty(), HOUR));

    clock.advance(Duration.of(1, ChronoUnit.MICROS));

    assertThat(read(HOUR))
        .isEqualTo(new Outcome.TooOld(confirmed, HOUR.plus(1, ChronoUnit.MICROS)));
  }

  @Test
  void aConfirmationAheadOfTheClockIsNewAndNotFromTheFuture() {
    var confirmed = recorded();
    clock.set(confirmed.confirmedAt().minusSeconds(1));

    assertThat(read(Duration.ZERO))
        .isEqualTo(new Outcome.Found(confirmed, Optional.empty(), Duration.ZERO));
  }

  private LatestBalance recorded() {
    var ids = new SequentialIds();
    new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            new NoRequests(),
            List.of(),
            storage.transactions(),
            new Auditor(storage.auditTrail(), ids, clock),
            ids)
        .record(List.of(ExampleObservation.of(wallet.id()).observation()));
    return storage
        .snapshots()
        .latest(wallet.id(), Visibility.ALL)
        .orElseThrow()
        .latest()
        .orElseThrow();
  }

  private Outcome read(@Nullable Duration maxAge) {
    return read(wallet.id(), Visibility.ALL, maxAge);
  }

  private Outcome read(WalletId id, Visibility visibility, @Nullable Duration maxAge) {
    return new ReadBalance(storage.snapshots()).read(new ReadBalance.Query(id, visibility, maxAge));
  }

  private static final class NoRequests implements Settlement {
    @Override
    public boolean settles(Completion completion) {
      return true;
    }

    @Override
    public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
      return Set.of();
    }

    @Override
    public void settle(Map<Completion, Recorded> outcomes) {}
  }
}
