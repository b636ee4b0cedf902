package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.balance.ExampleObservation.Attempt;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.money.Money;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A batch is recorded whole or not at all: snapshots, answers, listeners and audit. */
final class RecordBalancesTest {
  private final RecordingFixture fixture = new RecordingFixture();

  @Test
  void oneWalletManyTimesInOneBatchIsJudgedInOrder() {
    var recorded =
        fixture.recordAll(
            fixture.reading(0, "100").named("row-1"),
            fixture.reading(1, "100").named("row-1"),
            fixture.reading(2, "200").named("row-2"),
            fixture.reading(3, "100").named("row-1"),
            fixture.reading(1, "300"),
            fixture.reading(4, "300").named("row-2"),
            fixture.reading(5, "100"));

    assertThat(recorded)
        .extracting(recordedOne -> ((Recorded.Answer) recordedOne).verdict())
        .containsExactly(
            Verdict.CREATED,
            Verdict.UNCHANGED,
            Verdict.CREATED,
            Verdict.DUPLICATE,
            Verdict.SUPERSEDED,
            Verdict.CREATED,
            Verdict.CREATED);
    assertThat(fixture.storage.allSnapshots())
        .extracting(WalletBalanceSnapshot::sequence)
        .containsExactly(1L, 2L, 3L, 4L);
    assertThat(fixture.latest().snapshot()).isEqualTo(fixture.storage.allSnapshots().getLast());
  }

  @Test
  void oneRequestTwiceInOneBatchMakesOneSnapshot() {
    var key = Examples.requestKey();

    var recorded =
        fixture.recordAll(
            fixture.reading(0, "100").settling(attempt(key)),
            fixture.reading(1, "200").settling(attempt(key)));

    assertThat(recorded)
        .extracting(recordedOne -> ((Recorded.Answer) recordedOne).verdict())
        .containsExactly(Verdict.CREATED, Verdict.DUPLICATE);
    assertThat(fixture.storage.allSnapshots()).hasSize(1);
  }

  @Test
  void manyWalletsInOneBatchGetTheirOwnAnswers() {
    var other = fixture.registered();

    var recorded =
        fixture.recordAll(
            fixture.reading(0, "100"),
            ExampleObservation.of(other.id()).balance("7"),
            fixture.reading(1, "100"));

    assertThat(recorded)
        .extracting(recordedOne -> ((Recorded.Answer) recordedOne).snapshot().walletId())
        .containsExactly(fixture.wallet.id(), other.id(), fixture.wallet.id());
    assertThat(fixture.latest(other.id()).snapshot().balance()).isEqualTo(Examples.balance("7"));
  }

  @Test
  void anEmptyBatchIsNoError() {
    assertThat(fixture.recordAll()).isEmpty();
  }

  @Test
  void aClosedWalletIsLeftAloneAndItsNeighboursAreRecorded() {
    var closed = fixture.registered();
    fixture.close(closed);

    var recorded =
        fixture.recordAll(
            ExampleObservation.of(closed.id()).balance("7"), fixture.reading(0, "100"));

    assertThat(recorded.getFirst()).isEqualTo(new Recorded.WalletClosed());
    assertThat(recorded.getLast()).isInstanceOf(Recorded.Answer.class);
    assertThat(fixture.storage.allSnapshots())
        .extracting(WalletBalanceSnapshot::walletId)
        .containsExactly(fixture.wallet.id());
    assertThat(fixture.storage.allLateReadings()).isEmpty();
  }

  @Test
  void aClosedWalletSettlesNoRequest() {
    fixture.close(fixture.wallet);
    var attempt = attempt(Examples.requestKey());

    fixture.recordAll(fixture.reading(0, "100").settling(attempt));

    assertThat(fixture.requests.answers).isEmpty();
    assertThat(fixture.auditEntries()).isEmpty();
  }

  @Test
  void aWorkerThatLostItsRequestRecordsNothingButItsNeighboursDo() {
    var lost = attempt(Examples.requestKey());
    var held = attempt(Examples.requestKey());
    fixture.requests.lost.add(lost);

    var recorded =
        fixture.recordAll(
            fixture.reading(0, "100").named("row-1").settling(lost),
            fixture.reading(1, "200").named("row-2").settling(held));

    assertThat(recorded.getFirst()).isEqualTo(new Recorded.TakenOver());
    assertThat(fixture.storage.allSnapshots())
        .extracting(WalletBalanceSnapshot::balance)
        .containsExactly(Examples.balance("200"));
    assertThat(fixture.requests.answers).containsOnlyKeys(held);
    assertThat(fixture.auditEntries()).hasSize(1);
  }

  @Test
  void everyAnswerIsSettledWithWhatTheCallerHears() {
    var created = attempt(Examples.requestKey());
    var unchanged = attempt(Examples.requestKey());
    var superseded = attempt(Examples.requestKey());

    var recorded =
        fixture.recordAll(
            fixture.reading(10, "100").settling(created),
            fixture.reading(11, "100").settling(unchanged),
            fixture.reading(5, "200").settling(superseded),
            fixture.reading(12, "300"));

    assertThat(fixture.requests.answers)
        .isEqualTo(
            Map.of(
                created, recorded.get(0), unchanged, recorded.get(1), superseded, recorded.get(2)));
  }

  @Test
  void listenersHearOfChangesOnlyAndWhatWasBefore() {
    var heard = new ArrayList<List<BalanceChange>>();
    fixture.listeners.add(heard::add);

    fixture.recordAll(
        fixture.reading(10, "100"),
        fixture.reading(11, "100"),
        fixture.reading(5, "200"),
        fixture.reading(12, "300"));
    fixture.recordAll(fixture.reading(13, "300"));

    assertThat(heard).hasSize(1);
    var snapshots = fixture.storage.allSnapshots();
    assertThat(snapshots)
        .extracting(WalletBalanceSnapshot::balance)
        .containsExactly(Examples.balance("100"), Examples.balance("300"));
    assertThat(heard.getFirst())
        .containsExactly(
            new BalanceChange(fixture.wallet, null, snapshots.getFirst()),
            new BalanceChange(fixture.wallet, snapshots.getFirst(), snapshots.getLast()));
  }

  @Test
  void listenersSeeTheNewStateInsideTheTransaction() {
    var seen = new ArrayList<LatestBalance>();
    fixture.listeners.add(_ -> seen.add(fixture.latest()));

    fixture.record(fixture.reading(0, "100"));

    assertThat(seen).containsExactly(fixture.latest());
  }

  @Test
  void aListenerThatFailsUndoesEverything() {
    fixture.record(fixture.reading(0, "100"));
    var before = fixture.latest();
    fixture.listeners.add(
        _ -> {
          throw new IllegalStateException("listener on purpose");
        });

    assertThatThrownBy(
            () ->
                fixture.recordAll(
                    fixture.reading(10, "200").settling(attempt(Examples.requestKey())),
                    fixture.reading(5, "300")))
        .hasMessage("listener on purpose");

    assertNothingHappenedSince(before);
    assertThat(fixture.requests.answers).isEmpty();
  }

  @Test
  void aSettlementThatFailsUndoesEverything() {
    fixture.record(fixture.reading(0, "100"));
    var before = fixture.latest();
    fixture.requests.failing = true;

    assertThatThrownBy(
            () ->
                fixture.recordAll(
                    fixture.reading(10, "200").settling(attempt(Examples.requestKey())),
                    fixture.reading(5, "300")))
        .hasMessage("settling on purpose");

    assertNothingHappenedSince(before);
  }

  @Test
  void readingsOfManyThreadsMakeAGaplessSequence() {
    Concurrently.call(
        16,
        number ->
            fixture.record(
                fixture.reading(number % 4, Integer.toString(number)).named("id" + number)));

    var snapshots = fixture.storage.allSnapshots();
    assertThat(snapshots)
        .extracting(WalletBalanceSnapshot::sequence)
        .containsExactlyElementsOf(
            IntStream.rangeClosed(1, snapshots.size()).mapToObj(Long::valueOf).toList());
    assertThat(snapshots.size() + fixture.storage.allLateReadings().size()).isEqualTo(16);
  }

  private void assertNothingHappenedSince(LatestBalance before) {
    assertThat(fixture.latest()).isEqualTo(before);
    assertThat(fixture.storage.allSnapshots()).containsExactly(before.snapshot());
    assertThat(fixture.storage.allLateReadings()).isEmpty();
    assertThat(fixture.auditEntries()).hasSize(1);
  }

  @Test
  void amountsStayExact() {
    var tiny = new Money(new BigDecimal("999999999999999999.000000000000000001"), Examples.NGN);
    fixture.record(fixture.reading(0, "0").balance(Balance.available(tiny)));

    assertThat(fixture.latest().snapshot().balance().available()).isEqualTo(tiny);
  }

  private static Attempt attempt(RequestKey key) {
    return new Attempt(key, UUID.randomUUID());
  }
}
