package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.balance.BalanceSnapshots.LockedWallets;
import io.walletsync.core.balance.BalanceSnapshots.WalletBalance;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of {@link BalanceSnapshots} keeps: each state exactly as it was, and nothing
 * twice that must be there once.
 */
public interface BalanceSnapshotsContract extends RegistryPorts {
  BalanceSnapshots snapshots();

  /** The internal id of an API key; to be overridden where such a key must exist. */
  default UUID requester() {
    return UUID.randomUUID();
  }

  @Test
  default void aNewWalletHasNoBalance() {
    var wallet = registered();

    var balance = latest(wallet);

    assertThat(balance.wallet()).isEqualTo(wallet);
    assertThat(balance.latest()).isEmpty();
  }

  @Test
  default void keepsASnapshotAsItIs() {
    var engn = new CurrencyCode("eNGN");
    var wallet = registered(Examples.wallet(connected(), "7", engn));
    var snapshot =
        new WalletBalanceSnapshot(
            Examples.id(),
            wallet.id(),
            1,
            wallet.provider(),
            new Balance(
                new Money(new BigDecimal("999999999999999999.999999999999999999"), engn),
                new Money(new BigDecimal("-999999999999999999.999999999999999999"), engn),
                new Money(new BigDecimal("0.000000000000000001"), engn)),
            new ExternalBalanceId("row/№ 7 \"Ẽkó\" 💰"),
            Instant.parse("2026-11-22T08:00:00.000001Z"),
            Instant.parse("1999-12-31T23:59:59.999999Z"),
            Instant.parse("2026-11-22T08:00:00.000002Z"),
            Instant.parse("2026-11-22T08:00:00.999999Z"),
            Source.WEBHOOK,
            requestKey(),
            Examples.ODD_METADATA,
            Instant.parse("2026-11-22T08:00:01.000001Z"));
    var newest =
        new LatestBalance(
            snapshot,
            Instant.parse("2026-11-22T09:00:00.000003Z"),
            Instant.parse("2026-11-22T08:59:59.000004Z"));

    append(newest);

    assertThat(latest(wallet).latest()).contains(newest);
    assertThat(lock(wallet).byId().get(wallet.id()))
        .isNotNull()
        .extracting(WalletBalance::latest)
        .isEqualTo(latest(wallet).latest());
    assertThat(findByExternalId(wallet, snapshot.externalId())).containsExactly(snapshot);
    assertThat(findByRequestKey(wallet, snapshot.requestKey())).containsExactly(snapshot);
  }

  @Test
  default void keepsWhatIsUnknownAsUnknown() {
    var wallet = registered();
    var newest = firstSeen(snapshot(wallet, 1));

    append(newest);

    var kept = latest(wallet).latest().orElseThrow();
    assertThat(kept).isEqualTo(newest);
    assertThat(kept.snapshot().balance().ledger()).isNull();
    assertThat(kept.snapshot().balance().locked()).isNull();
    assertThat(kept.snapshot().externalId()).isNull();
    assertThat(kept.snapshot().providerTime()).isNull();
    assertThat(kept.snapshot().requestKey()).isNull();
  }

  @Test
  default void zeroAndTinyAndNegativeAmountsStayExact() {
    var wallet = registered();
    var amounts = List.of("0", "0.000000000000000001", "-0.10", "-1", "100000000000000000");

    var kept =
        amounts.stream()
            .map(
                amount -> {
                  var sequence = amounts.indexOf(amount) + 1;
                  append(firstSeen(snapshot(wallet, sequence, Examples.balance(amount))));
                  return latest(wallet).latest().orElseThrow().snapshot().balance();
                })
            .toList();

    assertThat(kept).isEqualTo(amounts.stream().map(Examples::balance).toList());
  }

  @Test
  default void latestIsWhatWasSetLastNotWhatWasAppendedLast() {
    var wallet = registered();
    var first = firstSeen(snapshot(wallet, 1));
    append(first);

    transactions()
        .inTransaction(
            () -> {
              lockNow(wallet);
              snapshots().append(List.of(snapshot(wallet, 2)));
              return wallet;
            });

    assertThat(latest(wallet).latest()).contains(first);
  }

  @Test
  default void aConfirmationMovesWithoutASnapshot() {
    var wallet = registered();
    var first = firstSeen(snapshot(wallet, 1));
    append(first);
    var confirmed =
        new LatestBalance(
            first.snapshot(),
            first.confirmedAt().plus(1, ChronoUnit.MICROS),
            first.confirmedByCallStartedAt().plus(1, ChronoUnit.MICROS));

    setLatest(confirmed);

    assertThat(latest(wallet).latest()).contains(confirmed);
  }

  @Test
  default void eachWalletHasItsOwnNewestBalance() {
    var wallet = registered();
    var neighbour = registered();
    var one = firstSeen(snapshot(wallet, 1, Examples.balance("1")));
    var two = firstSeen(snapshot(neighbour, 1, Examples.balance("2")));

    transactions()
        .inTransaction(
            () -> {
              lockNow(wallet, neighbour);
              snapshots().append(List.of(one.snapshot(), two.snapshot()));
              snapshots().setLatest(List.of(two, one));
              return wallet;
            });

    assertThat(latest(wallet).latest()).contains(one);
    assertThat(latest(neighbour).latest()).contains(two);
  }

  @Test
  default void whatLiesOutsideTheVisibilityDoesNotExist() {
    var wallet = registered();
    append(firstSeen(snapshot(wallet, 1)));

    assertThat(
            snapshots().latest(wallet.id(), new Visibility(Set.of(wallet.connectionId().value()))))
        .isPresent();
    assertThat(snapshots().latest(wallet.id(), new Visibility(Set.of(UUID.randomUUID()))))
        .isEmpty();
    assertThat(snapshots().latest(wallet.id(), new Visibility(Set.of()))).isEmpty();
    assertThat(snapshots().latest(new WalletId(UUID.randomUUID()), Visibility.ALL)).isEmpty();
  }

  @Test
  default void aClosedWalletKeepsItsBalance() {
    var wallet = registered();
    var newest = firstSeen(snapshot(wallet, 1));
    append(newest);
    var closed = wallet.closed(Examples.MORNING.plusSeconds(1));
    transactions()
        .inTransaction(
            () -> {
              wallets().lock(wallet.id(), Visibility.ALL);
              wallets().update(closed);
              return closed;
            });

    assertThat(latest(wallet).wallet()).isEqualTo(closed);
    assertThat(latest(wallet).latest()).contains(newest);
  }

  @Test
  default void readingTellsTheTimeAndItNeverGoesBack() {
    var wallet = registered();

    var before = latest(wallet).readAt();
    var locked = lock(wallet);
    var after = latest(wallet).readAt();

    assertThat(locked.lockedAt()).isAfterOrEqualTo(before).isBeforeOrEqualTo(after);
    assertThat(before).isEqualTo(before.truncatedTo(ChronoUnit.MICROS));
    assertThat(locked.lockedAt()).isEqualTo(locked.lockedAt().truncatedTo(ChronoUnit.MICROS));
  }

  @Test
  default void locksWhatExistsAndLeavesOutWhatDoesNot() {
    var wallet = registered();
    var other = registered();
    var unknown = new WalletId(UUID.randomUUID());
    var newest = firstSeen(snapshot(wallet, 1));
    append(newest);

    var locked =
        transactions()
            .inTransaction(
                () ->
                    snapshots()
                        .lock(new LinkedHashSet<>(List.of(unknown, wallet.id(), other.id()))));

    assertThat(locked.byId()).containsOnlyKeys(wallet.id(), other.id());
    assertThat(locked.byId().values())
        .extracting(WalletBalance::wallet)
        .containsExactlyInAnyOrder(wallet, other);
    assertThat(Objects.requireNonNull(locked.byId().get(wallet.id())).latest()).contains(newest);
    assertThat(Objects.requireNonNull(locked.byId().get(other.id())).latest()).isEmpty();
  }

  @Test
  default void lockingNothingLocksNothing() {
    assertThat(lock().byId()).isEmpty();
  }

  @Test
  default void whoeverHoldsTheLockKnowsTheNextSequence() {
    var wallet = registered();

    Concurrently.call(8, _ -> appendNext(wallet));

    assertThat(latest(wallet).latest().orElseThrow().snapshot().sequence()).isEqualTo(8);
    var ids =
        LongStream.rangeClosed(1, 8)
            .mapToObj(BalanceSnapshotsContract::externalId)
            .collect(Collectors.toSet());
    assertThat(transactions().inTransaction(() -> find(wallet, ids)))
        .extracting(WalletBalanceSnapshot::sequence)
        .containsExactlyInAnyOrder(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L);
  }

  @Test
  default void manyWalletsLockedInOneOrderNeverBlockEachOther() {
    var a = registered();
    var b = registered();
    var c = registered();

    Concurrently.call(
        8,
        number ->
            transactions()
                .inTransaction(
                    () -> {
                      var some = number % 2 == 0 ? List.of(a, b, c) : List.of(a, c);
                      lockNow(some.toArray(Wallet[]::new));
                      some.forEach(this::appendNextNow);
                      return some;
                    }));

    assertThat(latest(a).latest().orElseThrow().snapshot().sequence()).isEqualTo(8);
    assertThat(latest(b).latest().orElseThrow().snapshot().sequence()).isEqualTo(4);
    assertThat(latest(c).latest().orElseThrow().snapshot().sequence()).isEqualTo(8);
  }

  @Test
  default void findsByExternalIdWithinItsWalletOnly() {
    var wallet = registered();
    var other = registered();
    var id = new ExternalBalanceId("same-id");
    var mine = named(snapshot(wallet, 1), id);
    var theirs = named(snapshot(other, 1), id);
    append(firstSeen(mine));
    append(firstSeen(theirs));
    append(firstSeen(named(snapshot(wallet, 2), new ExternalBalanceId("another-id"))));
    append(firstSeen(snapshot(wallet, 3)));

    assertThat(findByExternalId(wallet, id)).containsExactly(mine);
    assertThat(
            transactions()
                .inTransaction(
                    () ->
                        snapshots()
                            .findByExternalId(
                                Map.of(wallet.id(), Set.of(id), other.id(), Set.of(id)))))
        .containsExactlyInAnyOrder(mine, theirs);
    assertThat(findByExternalId(wallet, new ExternalBalanceId("SAME-ID"))).isEmpty();
    assertThat(transactions().inTransaction(() -> snapshots().findByExternalId(Map.of())))
        .isEmpty();
  }

  @Test
  default void anIdOfOneWalletAndAnIdOfAnotherDoNotCross() {
    var wallet = registered();
    var other = registered();
    var a = new ExternalBalanceId("a");
    var b = new ExternalBalanceId("b");
    append(firstSeen(named(snapshot(wallet, 1), a)));
    append(firstSeen(named(snapshot(other, 1), b)));

    assertThat(
            transactions()
                .inTransaction(
                    () ->
                        snapshots()
                            .findByExternalId(
                                Map.of(wallet.id(), Set.of(b), other.id(), Set.of(a)))))
        .isEmpty();
  }

  @Test
  default void findsByRequestKeyWithinItsWalletOnly() {
    var wallet = registered();
    var other = registered();
    var key = requestKey();
    var mine = requested(snapshot(wallet, 1), key);
    var theirs = requested(snapshot(other, 1), key);
    append(firstSeen(mine));
    append(firstSeen(theirs));
    append(firstSeen(snapshot(wallet, 2)));

    assertThat(findByRequestKey(wallet, key)).containsExactly(mine);
    assertThat(findByRequestKey(wallet, new RequestKey(UUID.randomUUID(), key.key()))).isEmpty();
    assertThat(findByRequestKey(wallet, requestKey())).isEmpty();
    assertThat(transactions().inTransaction(() -> snapshots().findByRequestKey(Map.of())))
        .isEmpty();
  }

  @Test
  default void refusesASequenceTwice() {
    var wallet = registered();
    append(firstSeen(at(snapshot(wallet, 1), Examples.MORNING)));

    assertRefused(at(snapshot(wallet, 1), Examples.MORNING.plusSeconds(9)));
  }

  @Test
  default void refusesATimeTwice() {
    var wallet = registered();
    append(firstSeen(at(snapshot(wallet, 1), Examples.MORNING)));

    assertRefused(at(snapshot(wallet, 2), Examples.MORNING));
  }

  @Test
  default void refusesAnExternalIdTwice() {
    var wallet = registered();
    var id = new ExternalBalanceId("once");
    append(firstSeen(named(snapshot(wallet, 1), id)));

    assertRefused(named(snapshot(wallet, 2), id));
  }

  @Test
  default void refusesASecondSnapshotOfOneRequest() {
    var wallet = registered();
    var key = requestKey();
    append(firstSeen(requested(snapshot(wallet, 1), key)));

    assertRefused(requested(snapshot(wallet, 2), key));
  }

  @Test
  default void sequenceAndTimeOfAnotherWalletDoNotMatter() {
    var wallet = registered();
    var other = registered();
    append(firstSeen(at(snapshot(wallet, 1), Examples.MORNING)));
    var theirs = firstSeen(at(snapshot(other, 1), Examples.MORNING));

    append(theirs);

    assertThat(latest(other).latest()).contains(theirs);
  }

  @Test
  default void anExceptionUndoesAllWriting() {
    var wallet = registered();
    var first = firstSeen(snapshot(wallet, 1));
    append(first);
    var undone = firstSeen(named(snapshot(wallet, 2), new ExternalBalanceId("undone")));

    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          lockNow(wallet);
                          snapshots().append(List.of(undone.snapshot()));
                          snapshots().setLatest(List.of(undone));
                          snapshots().appendLate(List.of(late(wallet)));
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(latest(wallet).latest()).contains(first);
    assertThat(findByExternalId(wallet, undone.snapshot().externalId())).isEmpty();
    append(undone);
    assertThat(latest(wallet).latest()).contains(undone);
  }

  @Test
  default void lateReadingsAreKeptAndMoveNothing() {
    var wallet = registered();
    var newest = firstSeen(snapshot(wallet, 1));
    append(newest);

    transactions()
        .inTransaction(
            () -> {
              lockNow(wallet);
              snapshots().appendLate(List.of(late(wallet), late(wallet)));
              return wallet;
            });

    assertThat(latest(wallet).latest()).contains(newest);
    assertThat(findByExternalId(wallet, new ExternalBalanceId("late"))).isEmpty();
  }

  private void assertRefused(WalletBalanceSnapshot snapshot) {
    var before = snapshots().latest(snapshot.walletId(), Visibility.ALL).orElseThrow().latest();

    assertThatThrownBy(() -> append(firstSeen(snapshot))).isInstanceOf(RuntimeException.class);

    assertThat(snapshots().latest(snapshot.walletId(), Visibility.ALL).orElseThrow().latest())
        .isEqualTo(before);
  }

  private WalletBalance latest(Wallet wallet) {
    return snapshots().latest(wallet.id(), Visibility.ALL).orElseThrow();
  }

  private LockedWallets lock(Wallet... wallets) {
    return transactions().inTransaction(() -> lockNow(wallets));
  }

  private LockedWallets lockNow(Wallet... wallets) {
    return snapshots()
        .lock(
            Arrays.stream(wallets)
                .map(Wallet::id)
                .sorted()
                .collect(Collectors.toCollection(LinkedHashSet::new)));
  }

  private void append(LatestBalance newest) {
    transactions()
        .inTransaction(
            () -> {
              snapshots().lock(new LinkedHashSet<>(List.of(newest.snapshot().walletId())));
              snapshots().append(List.of(newest.snapshot()));
              snapshots().setLatest(List.of(newest));
              return newest;
            });
  }

  private void setLatest(LatestBalance newest) {
    transactions()
        .inTransaction(
            () -> {
              snapshots().lock(new LinkedHashSet<>(List.of(newest.snapshot().walletId())));
              snapshots().setLatest(List.of(newest));
              return newest;
            });
  }

  private Wallet appendNext(Wallet wallet) {
    return transactions().inTransaction(() -> appendNextNow(wallet));
  }

  private Wallet appendNextNow(Wallet wallet) {
    var locked = Objects.requireNonNull(lockNow(wallet).byId().get(wallet.id()));
    var sequence = locked.latest().map(l -> l.snapshot().sequence()).orElse(0L) + 1;
    var next = named(snapshot(wallet, sequence), externalId(sequence));
    snapshots().append(List.of(next));
    snapshots().setLatest(List.of(firstSeen(next)));
    return wallet;
  }

  private List<WalletBalanceSnapshot> findByExternalId(
      Wallet wallet, @Nullable ExternalBalanceId id) {
    return transactions().inTransaction(() -> find(wallet, Set.of(Objects.requireNonNull(id))));
  }

  private List<WalletBalanceSnapshot> find(Wallet wallet, Set<ExternalBalanceId> ids) {
    return snapshots().findByExternalId(Map.of(wallet.id(), ids));
  }

  private List<WalletBalanceSnapshot> findByRequestKey(Wallet wallet, @Nullable RequestKey key) {
    return transactions()
        .inTransaction(
            () ->
                snapshots()
                    .findByRequestKey(Map.of(wallet.id(), Set.of(Objects.requireNonNull(key)))));
  }

  private RequestKey requestKey() {
    return new RequestKey(requester(), Examples.requestKey().key());
  }

  private static ExternalBalanceId externalId(long sequence) {
    return new ExternalBalanceId("row-" + sequence);
  }

  private static LatestBalance firstSeen(WalletBalanceSnapshot snapshot) {
    return LatestBalance.firstSeen(snapshot);
  }

  private static WalletBalanceSnapshot snapshot(Wallet wallet, long sequence) {
    return snapshot(wallet, sequence, Examples.balance(sequence + ".50"));
  }

  private static WalletBalanceSnapshot snapshot(Wallet wallet, long sequence, Balance balance) {
    var time = Examples.MORNING.plusSeconds(sequence);
    return new WalletBalanceSnapshot(
        Examples.id(),
        wallet.id(),
        sequence,
        wallet.provider(),
        balance,
        null,
        time,
        null,
        time,
        time,
        Source.API,
        null,
        Metadata.NONE,
        time);
  }

  private static WalletBalanceSnapshot named(WalletBalanceSnapshot s, ExternalBalanceId id) {
    return copy(s, id, s.asOf(), s.requestKey());
  }

  private static WalletBalanceSnapshot requested(WalletBalanceSnapshot s, RequestKey key) {
    return copy(s, s.externalId(), s.asOf(), key);
  }

  private static WalletBalanceSnapshot at(WalletBalanceSnapshot s, Instant asOf) {
    return copy(s, s.externalId(), asOf, s.requestKey());
  }

  private static WalletBalanceSnapshot copy(
      WalletBalanceSnapshot s,
      @Nullable ExternalBalanceId externalId,
      Instant asOf,
      @Nullable RequestKey requestKey) {
    return new WalletBalanceSnapshot(
        s.snapshotId(),
        s.walletId(),
        s.sequence(),
        s.provider(),
        s.balance(),
        externalId,
        asOf,
        s.providerTime(),
        s.callStartedAt(),
        s.observedAt(),
        s.source(),
        requestKey,
        s.metadata(),
        s.createdAt());
  }

  private static LateReading late(Wallet wallet) {
    return new LateReading(
        Examples.id(),
        ExampleObservation.of(wallet.id())
            .balance("0.000000000000000001")
            .named("late")
            .providerTime(Examples.MORNING)
            .observation(),
        Examples.MORNING.minusSeconds(1),
        Examples.MORNING);
  }
}
