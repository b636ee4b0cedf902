package io.walletsync.core.schedule;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.schedule.SyncQueue.DueWallet;
import io.walletsync.core.schedule.SyncQueue.Lease;
import io.walletsync.core.schedule.SyncQueue.Leased;
import io.walletsync.core.schedule.SyncQueue.Next;
import io.walletsync.core.schedule.SyncQueue.Standing;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.SyncSchedule;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.InstantAssert;
import org.assertj.core.data.TemporalUnitWithinOffset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every queue of due wallets keeps. Each test has a provider of its own. */
public interface SyncQueueContract extends RegistryPorts {
  Duration STANDARD = SyncSchedule.STANDARD.interval();
  Duration LEASE = Duration.ofMinutes(1);
  SyncSchedule HOURLY = new SyncSchedule(Duration.ofHours(1), null);
  SyncSchedule FAST = new SyncSchedule(Duration.ofSeconds(10), null);
  SyncSchedule ADAPTIVE = new SyncSchedule(Duration.ofMinutes(1), Duration.ofHours(6));

  SyncQueue queue();

  /** Lets time pass for the wallets of a provider. */
  void pass(ProviderId provider, Duration time);

  /** The database's time. */
  Instant now();

  @Test
  default void aNewWalletIsDueOneIntervalLater() {
    var wallet = fresh();

    assertThat(standing(wallet)).isEqualTo(new Standing(SyncSchedule.STANDARD, due(wallet), 0));
    assertDueIn(wallet, STANDARD);
    pass(wallet.provider(), STANDARD.minusSeconds(5));
    assertThat(lease(wallet).wallets()).isEmpty();
    pass(wallet.provider(), Duration.ofSeconds(5));
    assertThat(lease(wallet).wallets())
        .singleElement()
        .satisfies(
            turn -> {
              assertThat(turn.wallet()).isEqualTo(wallet);
              assertThat(turn.schedule()).isEqualTo(SyncSchedule.STANDARD);
              assertThat(turn.failures()).isZero();
              assertThat(turn.pace()).isNull();
              assertThat(turn.known()).isNull();
              assertThat(turn.isTakenOver()).isFalse();
            });
  }

  @Test
  default void theWalletsScheduleGoesBeforeItsConnections() {
    var connection = connected(connection(HOURLY));
    var inherits = registered(Examples.wallet(connection));
    var own = registered(wallet(connection, Examples.GHS.value(), FAST));

    assertThat(standing(inherits).inForce()).isEqualTo(HOURLY);
    assertDueIn(inherits, HOURLY.interval());
    assertThat(standing(own).inForce()).isEqualTo(FAST);
    assertDueIn(own, FAST.interval());
  }

  @Test
  default void whoIsDueForLongestGoesFirst() {
    var connection = connected(connection(null));
    var wallets = new ArrayList<Wallet>();
    for (var account : List.of("a", "b", "c")) {
      wallets.add(registered(Examples.wallet(connection, account, Examples.NGN)));
      pass(connection.provider(), Duration.ofSeconds(1));
    }
    pass(connection.provider(), STANDARD);

    assertThat(leaseOf(connection.provider(), 2).wallets())
        .extracting(DueWallet::wallet)
        .containsExactly(wallets.get(0), wallets.get(1));
    assertThat(leaseOf(connection.provider(), 2).wallets())
        .extracting(DueWallet::wallet)
        .containsExactly(wallets.get(2));
  }

  @Test
  default void aProvidersCrowdHidesNobodyOfAnother() {
    var crowd = due();
    var other = due();

    assertThat(leaseOf(other.provider(), 1).wallets())
        .extracting(DueWallet::wallet)
        .containsExactly(other);
    assertThat(leaseOf(crowd.provider(), 1).wallets())
        .extracting(DueWallet::wallet)
        .containsExactly(crowd);
  }

  @Test
  default void noTwoWorkersGetTheSameWallet() {
    var connection = connected(connection(null));
    for (var i = 0; i < 40; i++) {
      registered(Examples.wallet(connection, "account-" + i, Examples.NGN));
    }
    pass(connection.provider(), STANDARD);

    var leased =
        Concurrently.call(
            8,
            _ -> {
              var mine = new HashSet<WalletId>();
              for (var round = 0; round < 4; round++) {
                leaseOf(connection.provider(), 3).wallets().forEach(d -> mine.add(d.wallet().id()));
              }
              return mine;
            });
    var rest = leaseOf(connection.provider(), 100).wallets();

    var all = new HashSet<WalletId>();
    var count = rest.size();
    rest.forEach(turn -> all.add(turn.wallet().id()));
    for (var mine : leased) {
      all.addAll(mine);
      count += mine.size();
    }
    assertThat(all).hasSize(40);
    assertThat(count).isEqualTo(40);
  }

  @Test
  default void aLeaseHoldsUntilItEndsAndIsTakenOverThen() {
    var wallet = due();
    var turn = leased(wallet);

    assertThat(held(turn.lease())).containsExactly(turn.lease());
    assertThat(lease(wallet).wallets()).isEmpty();
    pass(wallet.provider(), LEASE);
    assertThat(held(turn.lease())).isEmpty();
    var second = leased(wallet);
    assertThat(second.isTakenOver()).isTrue();
    assertThat(held(turn.lease(), second.lease())).containsExactly(second.lease());
  }

  @Test
  default void anEndedTurnIsFollowedByTheNextOne() {
    var wallet = due();
    var turn = leased(wallet);
    var next = now().plus(Duration.ofMinutes(7)).truncatedTo(ChronoUnit.MILLIS);

    settle(new Next(turn.lease(), next, 3, Duration.ofSeconds(90)));

    assertThat(held(turn.lease())).isEmpty();
    assertThat(standing(wallet)).isEqualTo(new Standing(SyncSchedule.STANDARD, next, 3));
    pass(wallet.provider(), Duration.ofMinutes(7));
    var second = leased(wallet);
    assertThat(second.failures()).isEqualTo(3);
    assertThat(second.pace()).isEqualTo(Duration.ofSeconds(90));
    assertThat(second.isTakenOver()).isFalse();
  }

  @Test
  default void whoWasTakenOverEndsNothing() {
    var wallet = due();
    var turn = leased(wallet);
    pass(wallet.provider(), LEASE);
    var second = leased(wallet);

    settle(new Next(turn.lease(), now().plus(LEASE), 0, null));

    assertThat(held(second.lease())).containsExactly(second.lease());
  }

  @Test
  default void aPausedWalletHasNoTurn() {
    var wallet = due();
    var turn = leased(wallet);

    var paused = become(wallet, Wallet.Status.PAUSED, null);

    assertThat(held(turn.lease())).isEmpty();
    assertThat(standing(paused).dueAt()).isNull();
    pass(wallet.provider(), Duration.ofDays(1));
    assertThat(lease(wallet).wallets()).isEmpty();
    become(paused, Wallet.Status.ACTIVE, null);
    assertDueIn(wallet, STANDARD);
  }

  @Test
  default void aClosedWalletHasNoTurnAndAReopenedOneIsDueOneIntervalLater() {
    var wallet = due();
    var turn = leased(wallet);

    var closed = become(wallet, Wallet.Status.CLOSED, null);

    assertThat(held(turn.lease())).isEmpty();
    assertThat(lease(wallet).wallets()).isEmpty();
    become(closed, Wallet.Status.ACTIVE, null);
    assertDueIn(wallet, STANDARD);
  }

  @Test
  default void theWalletsOfARemovedConnectionHaveNoTurn() {
    var wallet = due();
    var turn = leased(wallet);

    transactions()
        .inTransaction(
            () -> {
              var closed = wallets().closeAll(wallet.connectionId(), now());
              connections().remove(wallet.connectionId());
              return closed;
            });

    assertThat(held(turn.lease())).isEmpty();
    assertThat(standing(wallet).dueAt()).isNull();
    pass(wallet.provider(), Duration.ofDays(1));
    assertThat(lease(wallet).wallets()).isEmpty();
  }

  @Test
  default void aShorterIntervalCountsFromNow() {
    var wallet = fresh();

    var changed = become(wallet, Wallet.Status.ACTIVE, FAST);

    assertDueIn(wallet, FAST.interval());
    assertThat(standing(changed).inForce()).isEqualTo(FAST);
    become(changed, Wallet.Status.ACTIVE, HOURLY);
    assertDueIn(wallet, FAST.interval());
  }

  @Test
  default void aNewScheduleTakesTheTurnFromWhoHasIt() {
    var wallet = due();
    var turn = leased(wallet);

    become(wallet, Wallet.Status.ACTIVE, FAST);

    assertThat(held(turn.lease())).isEmpty();
    assertDueIn(wallet, FAST.interval());
  }

  @Test
  default void otherChangesLeaveTheTurnAlone() {
    var wallet = due();
    var turn = leased(wallet);

    update(changed(wallet, wallet.status(), Metadata.of(Map.of("team", "payroll")), null));

    assertThat(held(turn.lease())).containsExactly(turn.lease());
  }

  @Test
  default void aConnectionsShorterIntervalCountsForThoseThatInheritIt() {
    var connection = connected(connection(null));
    var inherits = registered(Examples.wallet(connection));
    var own = registered(wallet(connection, Examples.GHS.value(), HOURLY));

    update(connection, FAST);

    assertDueIn(inherits, FAST.interval());
    assertThat(standing(inherits).inForce()).isEqualTo(FAST);
    assertDueIn(own, HOURLY.interval());
  }

  @Test
  default void aConnectionsBudgetChangesNoTurn() {
    var wallet = due();
    var turn = leased(wallet);
    var connection = connections().find(wallet.connectionId(), Visibility.ALL).orElseThrow();

    transactions()
        .inTransaction(
            () -> {
              connections()
                  .update(
                      new Connection(
                          connection.id(),
                          connection.provider(),
                          null,
                          connection.name(),
                          null,
                          connection.secretHint(),
                          connection.createdAt(),
                          new CallBudget(3, null)));
              return connection;
            });

    assertThat(held(turn.lease())).containsExactly(turn.lease());
  }

  @Test
  default void newCredentialsBringBackWhatFailed() {
    var connection = connected(connection(null));
    var failing = registered(Examples.wallet(connection));
    var fine = registered(Examples.wallet(connection, "", Examples.GHS));
    pass(connection.provider(), STANDARD);
    for (var turn : leaseOf(connection.provider(), 2).wallets()) {
      var failures = turn.wallet().equals(failing) ? 2 : 0;
      settle(new Next(turn.lease(), now().plus(Duration.ofHours(1)), failures, null));
    }

    var fresh = Examples.credentials();
    transactions()
        .inTransaction(
            () ->
                connections()
                    .replaceCredentials(connection.id(), fresh, fresh.get("secret_key"), null));

    assertThat(leaseOf(connection.provider(), 2).wallets())
        .extracting(DueWallet::wallet)
        .containsExactly(failing);
    assertDueIn(fine, Duration.ofHours(1));
  }

  @Test
  default void onlyAnAdaptiveScheduleIsQuickened() {
    var connection = connected(connection(ADAPTIVE));
    var adaptive = registered(Examples.wallet(connection));
    var fixed = registered(wallet(connection, Examples.GHS.value(), HOURLY));
    pass(connection.provider(), Duration.ofHours(1));
    for (var turn : leaseOf(connection.provider(), 2).wallets()) {
      settle(new Next(turn.lease(), now().plus(Duration.ofHours(1)), 0, Duration.ofHours(1)));
    }

    quicken(adaptive, fixed);

    assertDueIn(adaptive, ADAPTIVE.interval());
    assertDueIn(fixed, Duration.ofHours(1));
    pass(connection.provider(), ADAPTIVE.interval());
    assertThat(leased(adaptive).pace()).isEqualTo(ADAPTIVE.interval());
  }

  @Test
  default void aTurnUnderWayIsNotQuickened() {
    var wallet = registered(Examples.wallet(connected(connection(ADAPTIVE))));
    pass(wallet.provider(), ADAPTIVE.interval());
    var turn = leased(wallet);

    quicken(wallet);

    assertThat(held(turn.lease())).containsExactly(turn.lease());
    assertThat(standing(wallet).dueAt()).isNull();
  }

  @Test
  default void standingIsToldOnlyOfWhatTheCallerMaySee() {
    var wallet = fresh();
    var other = new Visibility(Set.of(UUID.randomUUID()));

    assertThat(queue().standing(other, List.of(wallet.id()))).isEmpty();
    assertThat(queue().standing(own(wallet.connectionId()), List.of(wallet.id())))
        .containsOnlyKeys(wallet.id());
  }

  @Test
  default void countsWhatIsDueForTooLong() {
    var before = queue().countOverdue(Duration.ofSeconds(30));
    var wallet = due();

    pass(wallet.provider(), Duration.ofSeconds(20));
    assertThat(queue().countOverdue(Duration.ofSeconds(30))).isEqualTo(before);
    pass(wallet.provider(), Duration.ofSeconds(20));
    assertThat(queue().countOverdue(Duration.ofSeconds(30))).isEqualTo(before + 1);
    leased(wallet);
    assertThat(queue().countOverdue(Duration.ofSeconds(30))).isEqualTo(before);
  }

  private static Visibility own(ConnectionId connection) {
    return new Visibility(Set.of(connection.value()));
  }

  private static Connection connection(@Nullable SyncSchedule schedule) {
    var provider = new ProviderId("p" + UUID.randomUUID().toString().substring(0, 8));
    return Examples.connection(provider).scheduled(schedule);
  }

  private static Wallet wallet(Connection connection, String account, SyncSchedule schedule) {
    return Examples.wallet(connection, account, Examples.NGN).scheduled(schedule);
  }

  private static Wallet changed(
      Wallet wallet, Wallet.Status status, Metadata metadata, @Nullable SyncSchedule schedule) {
    return new Wallet(
        wallet.id(),
        wallet.connectionId(),
        wallet.provider(),
        wallet.providerAccountId(),
        wallet.currency(),
        wallet.ownerId(),
        wallet.providerCustomerId(),
        metadata,
        status,
        wallet.createdAt(),
        wallet.updatedAt(),
        schedule);
  }

  private Wallet fresh() {
    return registered(Examples.wallet(connected(connection(null))));
  }

  private Wallet due() {
    var wallet = fresh();
    pass(wallet.provider(), STANDARD);
    return wallet;
  }

  private Leased lease(Wallet wallet) {
    return leaseOf(wallet.provider(), 10);
  }

  private Leased leaseOf(ProviderId provider, int most) {
    return transactions().inTransaction(() -> queue().lease(provider, most, LEASE));
  }

  private DueWallet leased(Wallet wallet) {
    var turns = lease(wallet).wallets();
    assertThat(turns).extracting(DueWallet::wallet).containsExactly(wallet);
    return turns.getFirst();
  }

  private Set<Lease> held(Lease... leases) {
    return transactions().inTransaction(() -> queue().lockHeld(List.of(leases)));
  }

  private void settle(Next next) {
    var _ =
        transactions()
            .inTransaction(
                () -> {
                  queue().settle(List.of(next));
                  return next;
                });
  }

  private void quicken(Wallet... wallets) {
    var _ =
        transactions()
            .inTransaction(
                () -> {
                  queue().quicken(List.of(wallets).stream().map(Wallet::id).toList());
                  return wallets;
                });
  }

  private Wallet become(Wallet wallet, Wallet.Status status, @Nullable SyncSchedule schedule) {
    return update(changed(wallet, status, wallet.metadata(), schedule));
  }

  private Wallet update(Wallet wallet) {
    return transactions()
        .inTransaction(
            () -> {
              var _ = wallets().lock(wallet.id(), Visibility.ALL);
              wallets().update(wallet);
              return wallet;
            });
  }

  private void update(Connection connection, SyncSchedule schedule) {
    var _ =
        transactions()
            .inTransaction(
                () -> {
                  var _ = connections().lock(connection.id(), Visibility.ALL);
                  connections().update(connection.scheduled(schedule));
                  return connection;
                });
  }

  private Standing standing(Wallet wallet) {
    return Objects.requireNonNull(
        queue().standing(Visibility.ALL, List.of(wallet.id())).get(wallet.id()));
  }

  private @Nullable Instant due(Wallet wallet) {
    return standing(wallet).dueAt();
  }

  private void assertDueIn(Wallet wallet, Duration time) {
    new InstantAssert(due(wallet))
        .isCloseTo(now().plus(time), new TemporalUnitWithinOffset(5, ChronoUnit.SECONDS));
  }
}
