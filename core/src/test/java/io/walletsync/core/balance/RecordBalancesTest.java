package io.walletsync.core.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.balance.ExampleObservation.Attempt;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.kernel.RequestKey;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Connections;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import io.walletsync.core.wallet.WalletId;
import io.walletsync.core.wallet.Wallets;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class RecordBalancesTest implements RegistryPorts {
  private static final Duration MICROSECOND = Duration.of(1, ChronoUnit.MICROS);

  private final MutableClock clock = new MutableClock(Examples.MORNING.plusSeconds(3_600));
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final SequentialIds ids = new SequentialIds();
  private final Auditor auditor = new Auditor(storage.auditTrail(), ids, clock);
  private final Requests requests = new Requests();
  private final List<BalanceListener> listeners = new ArrayList<>();
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

  @Nested
  final class Identity {
    @Test
    void theFirstReadingCreates() {
      var observation = reading(0, "100").named("row-1");

      var answer = record(observation);

      assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(answer.externalIdConflict()).isFalse();
      assertThat(answer.confirmedAt()).isEqualTo(observation.observedAt());
      assertThat(answer.snapshot())
          .isEqualTo(
              new WalletBalanceSnapshot(
                  answer.snapshot().snapshotId(),
                  wallet.id(),
                  1,
                  wallet.provider(),
                  Examples.balance("100"),
                  new ExternalBalanceId("row-1"),
                  observation.observedAt(),
                  null,
                  Examples.MORNING,
                  observation.observedAt(),
                  Source.API,
                  null,
                  observation.observation().metadata(),
                  clock.instant()));
      assertThat(storage.allSnapshots()).containsExactly(answer.snapshot());
    }

    @Test
    void anUnchangedBalanceMakesNoSnapshotAndMovesTheConfirmation() {
      var created = record(reading(0, "100"));
      var again = reading(60, "100.00");

      var answer = record(again);

      assertThat(answer.verdict()).isEqualTo(Verdict.UNCHANGED);
      assertThat(answer.snapshot()).isEqualTo(created.snapshot());
      assertThat(answer.confirmedAt()).isEqualTo(again.observedAt());
      assertThat(storage.allSnapshots()).hasSize(1);
      assertThat(latest().confirmedAt()).isEqualTo(again.observedAt());
      assertThat(latest().confirmedByCallStartedAt()).isEqualTo(Examples.MORNING.plusSeconds(60));
    }

    @Test
    void aConfirmationNeverMovesBack() {
      var slow = reading(0, "100").took(Duration.ofSeconds(10));
      record(slow);

      var answer = record(reading(1, "100").took(Duration.ofSeconds(1)));

      assertThat(answer.verdict()).isEqualTo(Verdict.UNCHANGED);
      assertThat(answer.confirmedAt()).isEqualTo(slow.observedAt());
      assertThat(latest().confirmedByCallStartedAt()).isEqualTo(Examples.MORNING.plusSeconds(1));
    }

    @Test
    void thereAndBackMakesThreeSnapshots() {
      record(reading(0, "100"));
      record(reading(10, "200"));
      var third = record(reading(20, "100"));

      assertThat(third.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(third.snapshot().sequence()).isEqualTo(3);
      assertThat(storage.allSnapshots())
          .extracting(snapshot -> snapshot.balance().available())
          .containsExactly(Examples.naira("100"), Examples.naira("200"), Examples.naira("100"));
    }

    @Test
    void aChangeOfTheLedgerOrTheLockedAmountAloneIsAChange() {
      var available = Examples.naira("100");
      record(reading(0, "100").balance(new Balance(available, available, null)));

      var ledger =
          record(reading(1, "100").balance(new Balance(available, Examples.naira("101"), null)));
      var locked =
          record(
              reading(2, "100")
                  .balance(new Balance(available, Examples.naira("101"), Examples.naira("1"))));
      var unknown =
          record(reading(3, "100").balance(new Balance(available, null, Examples.naira("1"))));

      assertThat(List.of(ledger, locked, unknown))
          .extracting(Recorded.Answer::verdict)
          .containsOnly(Verdict.CREATED);
    }

    @Test
    void theCurrentSnapshotsIdAgainIsUnchanged() {
      record(reading(0, "100").named("row-1"));

      assertThat(record(reading(10, "100").named("row-1")).verdict()).isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void anOlderSnapshotsIdIsADuplicateAndTouchesNothing() {
      record(reading(0, "100").named("row-1"));
      var current = record(reading(10, "200").named("row-2"));
      var before = latest();

      var answer = record(reading(20, "100").named("row-1"));

      assertThat(answer.verdict()).isEqualTo(Verdict.DUPLICATE);
      assertThat(answer.externalIdConflict()).isFalse();
      assertThat(answer.snapshot()).isEqualTo(current.snapshot());
      assertThat(answer.confirmedAt()).isEqualTo(current.confirmedAt());
      assertThat(latest()).isEqualTo(before);
      assertThat(storage.allSnapshots()).hasSize(2);
    }

    @Test
    void aStateThatTheProviderDatesAfterTheCurrentOneIsNotOldNews() {
      var earlier = Examples.MORNING.minusSeconds(600);
      var later = Examples.MORNING.minusSeconds(60);
      record(reading(0, "200").named("row-2").providerTime(later));
      record(reading(10, "100").named("row-1").providerTime(earlier));

      var healed = record(reading(20, "200").named("row-2").providerTime(later));

      assertThat(healed.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(healed.snapshot().balance().available().toDecimalString()).isEqualTo("200.00");
      assertThat(record(reading(30, "200").named("row-2").providerTime(later)).verdict())
          .isEqualTo(Verdict.UNCHANGED);
    }

    @Test
    void anOlderSnapshotsIdIsADuplicateEvenWhereTheAmountIsBackToday() {
      record(reading(0, "100").named("row-1"));
      record(reading(10, "200").named("row-2"));
      record(reading(20, "100").named("row-3"));
      var before = latest();

      assertThat(record(reading(30, "100").named("row-1")).verdict()).isEqualTo(Verdict.DUPLICATE);
      assertThat(latest()).isEqualTo(before);
    }

    @Test
    void aKnownIdWithAnotherAmountIsAChangeWithoutTheIdAndFlagged() {
      record(reading(0, "100").named("row-1"));
      record(reading(10, "200").named("row-2"));

      var ofAnOldState = record(reading(20, "300").named("row-1"));
      var ofTheCurrentState = record(reading(30, "200").named("row-2"));

      assertThat(ofAnOldState.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(ofAnOldState.externalIdConflict()).isTrue();
      assertThat(ofAnOldState.snapshot().externalId()).isNull();
      assertThat(ofAnOldState.snapshot().balance()).isEqualTo(Examples.balance("300"));
      assertThat(ofTheCurrentState.externalIdConflict()).isFalse();
    }

    @Test
    void theCurrentIdWithAnotherAmountIsAChangeWithoutTheIdAndFlagged() {
      record(reading(0, "100").named("row-1"));

      var answer = record(reading(10, "300").named("row-1"));

      assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(answer.externalIdConflict()).isTrue();
      assertThat(answer.snapshot().externalId()).isNull();
    }

    @Test
    void aKnownIdWithTodaysAmountConfirmsItAndIsFlagged() {
      record(reading(0, "100").named("row-1"));
      record(reading(10, "200").named("row-2"));

      var answer = record(reading(20, "200").named("row-1"));

      assertThat(answer.verdict()).isEqualTo(Verdict.UNCHANGED);
      assertThat(answer.externalIdConflict()).isTrue();
      assertThat(storage.allSnapshots()).hasSize(2);
    }

    @Test
    void anOldIdIsARealChangeWhereTheCurrentSnapshotHasNone() {
      record(reading(0, "100").named("row-1"));
      record(reading(10, "200"));

      var answer = record(reading(20, "100").named("row-1"));

      assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(answer.externalIdConflict()).isFalse();
      assertThat(answer.snapshot().sequence()).isEqualTo(3);
      assertThat(answer.snapshot().externalId()).isNull();
    }

    @Test
    void anIdOfAnotherWalletSaysNothing() {
      var other = registered();
      record(ExampleObservation.of(other.id()).balance("100").named("row-1"));

      var answer = record(reading(0, "200").named("row-1"));

      assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(answer.externalIdConflict()).isFalse();
      assertThat(answer.snapshot().externalId()).isEqualTo(new ExternalBalanceId("row-1"));
    }

    @Test
    void aRequestNeverMakesASecondSnapshot() {
      var key = Examples.requestKey();
      record(reading(0, "100").settling(attempt(key)));
      var current = record(reading(10, "200"));
      var before = latest();

      var answer = record(reading(20, "300").settling(attempt(key)));

      assertThat(answer.verdict()).isEqualTo(Verdict.DUPLICATE);
      assertThat(answer.snapshot()).isEqualTo(current.snapshot());
      assertThat(latest()).isEqualTo(before);
      assertThat(storage.allSnapshots()).hasSize(2);
    }

    @Test
    void aRequestMayMakeASnapshotOfEachWallet() {
      var other = registered();
      var key = Examples.requestKey();
      record(reading(0, "100").settling(attempt(key)));
      record(ExampleObservation.of(other.id()).balance("1"));

      var answer =
          record(
              ExampleObservation.of(other.id())
                  .startedAfter(10)
                  .balance("2")
                  .settling(attempt(key)));

      assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(answer.snapshot().requestKey()).isEqualTo(key);
    }
  }

  @Nested
  final class Order {
    @Test
    void aReadingWhoseCallStartedBeforeTheCurrentOneIsKeptAside() {
      var current = record(reading(10, "200"));
      var before = latest();
      var late = reading(9, "100").named("row-1").took(Duration.ofSeconds(60));

      var answer = record(late);

      assertThat(answer.verdict()).isEqualTo(Verdict.SUPERSEDED);
      assertThat(answer.snapshot()).isEqualTo(current.snapshot());
      assertThat(answer.confirmedAt()).isEqualTo(current.confirmedAt());
      assertThat(latest()).isEqualTo(before);
      assertThat(storage.allSnapshots()).hasSize(1);
      assertThat(storage.allLateReadings())
          .singleElement()
          .satisfies(
              kept -> {
                assertThat(kept.observation()).isEqualTo(late.observation());
                assertThat(kept.recordedAt()).isEqualTo(clock.instant());
              });
    }

    @Test
    void evenALateReadingThatAgreesMovesNoConfirmation() {
      record(reading(10, "100"));
      var before = latest();

      assertThat(record(reading(9, "100").took(Duration.ofSeconds(60))).verdict())
          .isEqualTo(Verdict.SUPERSEDED);
      assertThat(latest()).isEqualTo(before);
      assertThat(storage.allLateReadings()).hasSize(1);
    }

    @Test
    void aReadingOlderThanTheLastConfirmationIsLateToo() {
      record(reading(0, "100"));
      record(reading(20, "100"));

      assertThat(record(reading(10, "200")).verdict()).isEqualTo(Verdict.SUPERSEDED);
      assertThat(storage.allSnapshots()).hasSize(1);
    }

    @Test
    void aMicrosecondDecides() {
      record(reading(10, "100"));
      var start = Examples.MORNING.plusSeconds(10);

      assertThat(record(reading(0, "200").startedAt(start.minus(MICROSECOND))).verdict())
          .isEqualTo(Verdict.SUPERSEDED);
      assertThat(record(reading(0, "200").startedAt(start)).verdict()).isEqualTo(Verdict.CREATED);
    }

    @Test
    void aLateReadingsIdStaysFree() {
      record(reading(10, "200"));
      record(reading(0, "100").named("row-1"));

      var answer = record(reading(20, "100").named("row-1"));

      assertThat(answer.verdict()).isEqualTo(Verdict.CREATED);
      assertThat(answer.snapshot().externalId()).isEqualTo(new ExternalBalanceId("row-1"));
    }

    @Test
    void aDuplicateMovesNoOrderEither() {
      record(reading(0, "100").named("row-1"));
      record(reading(10, "200").named("row-2"));
      record(reading(30, "100").named("row-1"));

      assertThat(record(reading(20, "300").named("row-3")).verdict()).isEqualTo(Verdict.CREATED);
    }
  }

  @Nested
  final class Times {
    private final Instant previous = Examples.MORNING.plusSeconds(100);

    @Test
    void withoutAProviderTimeItIsTheTimeOfTheReply() {
      record(reading(99, "100"));
      var next = reading(200, "200");

      assertThat(record(next).snapshot().asOf()).isEqualTo(next.observedAt());
    }

    @Test
    void theProvidersTimeBetweenThePreviousStateAndTheReplyCounts() {
      assertThat(asOfFirst()).isEqualTo(previous);
      var time = previous.plusSeconds(50);

      assertThat(asOfNext(time)).isEqualTo(time);
    }

    @Test
    void theProvidersTimeOneMicrosecondAfterThePreviousStateCounts() {
      asOfFirst();
      var time = previous.plus(MICROSECOND);

      assertThat(asOfNext(time)).isEqualTo(time);
    }

    @Test
    void theProvidersTimeEqualToTheReplyCounts() {
      asOfFirst();
      var time = reading(200, "200").observedAt();

      assertThat(asOfNext(time)).isEqualTo(time);
    }

    @Test
    void aProviderTimeEqualToThePreviousStateDoesNotCount() {
      asOfFirst();

      assertThat(asOfNext(previous)).isEqualTo(reading(200, "200").observedAt());
    }

    @Test
    void aProviderTimeBehindThePreviousStateDoesNotCount() {
      asOfFirst();

      assertThat(asOfNext(previous.minusSeconds(1))).isEqualTo(reading(200, "200").observedAt());
    }

    @Test
    void aProviderTimeInTheFutureDoesNotCount() {
      asOfFirst();
      var observedAt = reading(200, "200").observedAt();

      assertThat(asOfNext(observedAt.plus(MICROSECOND))).isEqualTo(observedAt);
    }

    @Test
    void aReplyNotAfterThePreviousStateIsPutOneMicrosecondBehindIt() {
      record(reading(99, "100").took(Duration.ofSeconds(60)));
      var asOf = latest().snapshot().asOf();

      var second = record(reading(99, "200").took(Duration.ofSeconds(1)));
      var third = record(reading(100, "300").took(Duration.ofSeconds(59)).providerTime(asOf));

      assertThat(second.snapshot().asOf()).isEqualTo(asOf.plus(MICROSECOND));
      assertThat(third.snapshot().asOf()).isEqualTo(asOf.plus(MICROSECOND).plus(MICROSECOND));
    }

    @Test
    void theFirstStateMayBeAsOldAsTheProviderSays() {
      var years = Examples.MORNING.minus(Duration.ofDays(3_000));

      var answer = record(reading(0, "100").providerTime(years));

      assertThat(answer.snapshot().asOf()).isEqualTo(years);
      assertThat(answer.snapshot().providerTime()).isEqualTo(years);
    }

    @Test
    void theFirstStateIsNotFromTheFuture() {
      var reading = reading(0, "100");
      var future = reading.observedAt().plus(MICROSECOND);

      assertThat(record(reading.providerTime(future)).snapshot().asOf())
          .isEqualTo(reading.observedAt());
    }

    @Test
    void theFirstStateMayBeAsNewAsTheReply() {
      var reading = reading(0, "100");

      assertThat(record(reading.providerTime(reading.observedAt())).snapshot().asOf())
          .isEqualTo(reading.observedAt());
    }

    @Test
    void theProvidersTimeIsKeptEvenWhereItDoesNotCount() {
      asOfFirst();
      var future = previous.plus(Duration.ofDays(1));

      assertThat(record(reading(200, "200").providerTime(future)).snapshot().providerTime())
          .isEqualTo(future);
    }

    private Instant asOfFirst() {
      return record(reading(99, "100").took(Duration.ofSeconds(1))).snapshot().asOf();
    }

    private Instant asOfNext(Instant providerTime) {
      return record(reading(200, "200").providerTime(providerTime)).snapshot().asOf();
    }
  }

  @Nested
  final class Batches {
    @Test
    void oneWalletManyTimesInOneBatchIsJudgedInOrder() {
      var recorded =
          recordAll(
              reading(0, "100").named("row-1"),
              reading(1, "100").named("row-1"),
              reading(2, "200").named("row-2"),
              reading(3, "100").named("row-1"),
              reading(1, "300"),
              reading(4, "300").named("row-2"),
              reading(5, "100"));

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
      assertThat(storage.allSnapshots())
          .extracting(WalletBalanceSnapshot::sequence)
          .containsExactly(1L, 2L, 3L, 4L);
      assertThat(latest().snapshot()).isEqualTo(storage.allSnapshots().getLast());
    }

    @Test
    void oneRequestTwiceInOneBatchMakesOneSnapshot() {
      var key = Examples.requestKey();

      var recorded =
          recordAll(
              reading(0, "100").settling(attempt(key)), reading(1, "200").settling(attempt(key)));

      assertThat(recorded)
          .extracting(recordedOne -> ((Recorded.Answer) recordedOne).verdict())
          .containsExactly(Verdict.CREATED, Verdict.DUPLICATE);
      assertThat(storage.allSnapshots()).hasSize(1);
    }

    @Test
    void manyWalletsInOneBatchGetTheirOwnAnswers() {
      var other = registered();

      var recorded =
          recordAll(
              reading(0, "100"), ExampleObservation.of(other.id()).balance("7"), reading(1, "100"));

      assertThat(recorded)
          .extracting(recordedOne -> ((Recorded.Answer) recordedOne).snapshot().walletId())
          .containsExactly(wallet.id(), other.id(), wallet.id());
      assertThat(latest(other.id()).snapshot().balance()).isEqualTo(Examples.balance("7"));
    }

    @Test
    void anEmptyBatchIsNoError() {
      assertThat(recordAll()).isEmpty();
    }

    @Test
    void aClosedWalletIsLeftAloneAndItsNeighboursAreRecorded() {
      var closed = registered();
      close(closed);

      var recorded = recordAll(ExampleObservation.of(closed.id()).balance("7"), reading(0, "100"));

      assertThat(recorded.getFirst()).isEqualTo(new Recorded.WalletClosed());
      assertThat(recorded.getLast()).isInstanceOf(Recorded.Answer.class);
      assertThat(storage.allSnapshots())
          .extracting(WalletBalanceSnapshot::walletId)
          .containsExactly(wallet.id());
      assertThat(storage.allLateReadings()).isEmpty();
    }

    @Test
    void aClosedWalletSettlesNoRequest() {
      close(wallet);
      var attempt = attempt(Examples.requestKey());

      recordAll(reading(0, "100").settling(attempt));

      assertThat(requests.answers).isEmpty();
      assertThat(auditEntries()).isEmpty();
    }

    @Test
    void aWorkerThatLostItsRequestRecordsNothingButItsNeighboursDo() {
      var lost = attempt(Examples.requestKey());
      var held = attempt(Examples.requestKey());
      requests.lost.add(lost);

      var recorded =
          recordAll(
              reading(0, "100").named("row-1").settling(lost),
              reading(1, "200").named("row-2").settling(held));

      assertThat(recorded.getFirst()).isEqualTo(new Recorded.TakenOver());
      assertThat(storage.allSnapshots())
          .extracting(WalletBalanceSnapshot::balance)
          .containsExactly(Examples.balance("200"));
      assertThat(requests.answers).containsOnlyKeys(held);
      assertThat(auditEntries()).hasSize(1);
    }
  }

  @Nested
  final class OneTransaction {
    @Test
    void everyAnswerIsSettledWithWhatTheCallerHears() {
      var created = attempt(Examples.requestKey());
      var unchanged = attempt(Examples.requestKey());
      var superseded = attempt(Examples.requestKey());

      var recorded =
          recordAll(
              reading(10, "100").settling(created),
              reading(11, "100").settling(unchanged),
              reading(5, "200").settling(superseded),
              reading(12, "300"));

      assertThat(requests.answers)
          .isEqualTo(
              Map.of(
                  created,
                  recorded.get(0),
                  unchanged,
                  recorded.get(1),
                  superseded,
                  recorded.get(2)));
    }

    @Test
    void listenersHearOfChangesOnlyAndWhatWasBefore() {
      var heard = new ArrayList<List<BalanceChange>>();
      listeners.add(heard::add);

      recordAll(reading(10, "100"), reading(11, "100"), reading(5, "200"), reading(12, "300"));
      recordAll(reading(13, "300"));

      assertThat(heard).hasSize(1);
      var snapshots = storage.allSnapshots();
      assertThat(snapshots)
          .extracting(WalletBalanceSnapshot::balance)
          .containsExactly(Examples.balance("100"), Examples.balance("300"));
      assertThat(heard.getFirst())
          .containsExactly(
              new BalanceChange(wallet, null, snapshots.getFirst()),
              new BalanceChange(wallet, snapshots.getFirst(), snapshots.getLast()));
    }

    @Test
    void listenersSeeTheNewStateInsideTheTransaction() {
      var seen = new ArrayList<LatestBalance>();
      listeners.add(_ -> seen.add(latest()));

      record(reading(0, "100"));

      assertThat(seen).containsExactly(latest());
    }

    @Test
    void aListenerThatFailsUndoesEverything() {
      record(reading(0, "100"));
      var before = latest();
      listeners.add(
          _ -> {
            throw new IllegalStateException("listener on purpose");
          });

      assertThatThrownBy(
              () ->
                  recordAll(
                      reading(10, "200").settling(attempt(Examples.requestKey())),
                      reading(5, "300")))
          .hasMessage("listener on purpose");

      assertNothingHappenedSince(before);
      assertThat(requests.answers).isEmpty();
    }

    @Test
    void aSettlementThatFailsUndoesEverything() {
      record(reading(0, "100"));
      var before = latest();
      requests.failing = true;

      assertThatThrownBy(
              () ->
                  recordAll(
                      reading(10, "200").settling(attempt(Examples.requestKey())),
                      reading(5, "300")))
          .hasMessage("settling on purpose");

      assertNothingHappenedSince(before);
    }

    @Test
    void readingsOfManyThreadsMakeAGaplessSequence() {
      Concurrently.call(
          16, number -> record(reading(number % 4, Integer.toString(number)).named("id" + number)));

      var snapshots = storage.allSnapshots();
      assertThat(snapshots)
          .extracting(WalletBalanceSnapshot::sequence)
          .containsExactlyElementsOf(
              IntStream.rangeClosed(1, snapshots.size()).mapToObj(Long::valueOf).toList());
      assertThat(snapshots.size() + storage.allLateReadings().size()).isEqualTo(16);
    }

    private void assertNothingHappenedSince(LatestBalance before) {
      assertThat(latest()).isEqualTo(before);
      assertThat(storage.allSnapshots()).containsExactly(before.snapshot());
      assertThat(storage.allLateReadings()).isEmpty();
      assertThat(auditEntries()).hasSize(1);
    }
  }

  @Nested
  final class Audit {
    @Test
    void aChangeIsAuditedWithEverythingAboutIt() {
      var actor = Examples.actor();
      var attempt = attempt(Examples.requestKey());

      var answer =
          record(
              reading(0, "100.5").named("row-1").by(Source.API, actor, "user-7").settling(attempt));

      assertThat(auditEntries())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.actor()).isEqualTo(actor);
                assertThat(entry.action()).isEqualTo("sync_balance");
                assertThat(entry.resource()).isEqualTo("wallet_balance_snapshot");
                assertThat(entry.subjectId()).isEqualTo(wallet.id().value());
                assertThat(entry.connectionId()).isEqualTo(wallet.connectionId().value());
                assertThat(entry.outcome()).isEqualTo("created");
                assertThat(entry.occurredAt()).isEqualTo(clock.instant());
                assertThat(entry.details())
                    .isEqualTo(
                        AuditEntry.facts(
                            "wallet_id", wallet.id().toString(),
                            "provider", "paystack",
                            "balance", "100.50",
                            "currency", "NGN",
                            "external_balance_id", "row-1",
                            "idempotency_key", attempt.requestKey().key().value(),
                            "user_id", "user-7",
                            "source", "api",
                            "snapshot_id", answer.snapshot().snapshotId().toString(),
                            "sequence", "1"));
              });
    }

    @Test
    void whatIsUnknownIsAuditedAsUnknown() {
      record(reading(0, "100"));

      assertThat(auditEntries().getFirst().details())
          .containsEntry("external_balance_id", null)
          .containsEntry("idempotency_key", null)
          .containsEntry("user_id", null);
    }

    @Test
    void whatSomebodyAskedForIsAuditedWhateverItCameTo() {
      recordAll(
          reading(10, "100").named("row-1"),
          reading(11, "100"),
          reading(12, "200").named("row-2"),
          reading(13, "100").named("row-1"),
          reading(5, "300"));

      assertThat(auditEntries().reversed())
          .extracting(AuditEntry::outcome)
          .containsExactly("created", "unchanged", "created", "duplicate", "superseded");
    }

    @Test
    void aReadingThatDiffersFromItsAnswerIsAuditedAsItWas() {
      recordAll(reading(10, "100"), reading(5, "300"));

      assertThat(auditEntries().getFirst().details())
          .containsEntry("balance", "300.00")
          .containsEntry("sequence", "1");
    }

    @Test
    void ofWhatTheScheduleAndWebhooksReadOnlyChangesAreAudited() {
      var system = Actor.system("schedule");

      recordAll(
          reading(10, "100").by(Source.SCHEDULE, system, null),
          reading(11, "100").by(Source.SCHEDULE, system, null),
          reading(12, "200").by(Source.WEBHOOK, system, null),
          reading(13, "200").by(Source.WEBHOOK, system, null));

      assertThat(auditEntries().reversed())
          .extracting(entry -> entry.details().get("source"))
          .containsExactly("schedule", "webhook");
    }
  }

  @Test
  void amountsStayExact() {
    var tiny = new Money(new BigDecimal("999999999999999999.000000000000000001"), Examples.NGN);
    record(reading(0, "0").balance(Balance.available(tiny)));

    assertThat(latest().snapshot().balance().available()).isEqualTo(tiny);
  }

  private ExampleObservation reading(long startedAfterSeconds, String naira) {
    return ExampleObservation.of(wallet.id()).startedAfter(startedAfterSeconds).balance(naira);
  }

  private Recorded.Answer record(ExampleObservation observation) {
    return (Recorded.Answer) recordAll(observation).getFirst();
  }

  private List<Recorded> recordAll(ExampleObservation... observations) {
    return new RecordBalances(
            storage.snapshots(),
            storage.quarantine(),
            requests,
            listeners,
            storage.transactions(),
            auditor,
            ids)
        .record(Arrays.stream(observations).map(ExampleObservation::observation).toList());
  }

  private LatestBalance latest() {
    return latest(wallet.id());
  }

  private LatestBalance latest(WalletId id) {
    return storage.snapshots().latest(id, Visibility.ALL).orElseThrow().latest().orElseThrow();
  }

  private List<AuditEntry> auditEntries() {
    return storage.auditTrail().page(new AuditTrail.Query(null, null, null, null, 100)).items();
  }

  private void close(Wallet open) {
    storage
        .transactions()
        .inTransaction(
            () -> {
              storage.wallets().update(open.closed(clock.instant()));
              return open;
            });
  }

  private static Attempt attempt(RequestKey key) {
    return new Attempt(key, UUID.randomUUID());
  }

  /** Requests that are all held but the lost ones. */
  private static final class Requests implements Settlement {
    private final Set<Completion> lost = new HashSet<>();
    private final Map<Completion, Recorded.Answer> answers = new HashMap<>();

    @Override
    public boolean settles(Completion completion) {
      return true;
    }

    private boolean failing;

    @Override
    public Set<Completion> stillHeld(Collection<? extends Completion> completions) {
      return completions.stream()
          .filter(completion -> !lost.contains(completion))
          .collect(Collectors.toSet());
    }

    @Override
    public void settle(Map<Completion, Recorded> settled) {
      if (failing) {
        throw new IllegalStateException("settling on purpose");
      }
      settled.forEach(
          (completion, outcome) ->
              outcome.toAnswer().ifPresent(answer -> answers.put(completion, answer)));
    }
  }
}
