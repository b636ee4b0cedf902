package io.walletsync.core.sync;

import static io.walletsync.core.provider.ScriptedBalanceProvider.reading;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

final class SyncWalletBalanceTest {
  private static final Balance HUNDRED = Examples.balance("100");
  private static final Balance TWO_HUNDRED = Examples.balance("200");

  private final SyncFixture fixture = new SyncFixture();

  @Nested
  final class OneSync {
    @Test
    void recordsWhatTheProviderSays() {
      fixture.provider.next(reading(HUNDRED, "row-1", Examples.MORNING.minus(Duration.ofHours(1))));

      var synced = synced(fixture.sync("key-1"));

      assertThat(synced.answer().verdict()).isEqualTo(Verdict.CREATED);
      assertThat(synced.text()).isEqualTo(SyncFixture.FORMAT.write(synced.answer()));
      var snapshot = synced.answer().snapshot();
      assertThat(snapshot.walletId()).isEqualTo(fixture.wallet.id());
      assertThat(snapshot.balance()).isEqualTo(HUNDRED);
      assertThat(snapshot.asOf()).isEqualTo(Examples.MORNING.minus(Duration.ofHours(1)));
      assertThat(snapshot.callStartedAt()).isBetween(Examples.MORNING, snapshot.observedAt());
      assertThat(Objects.requireNonNull(snapshot.requestKey()).requester())
          .isEqualTo(fixture.requester);
      assertThat(fixture.storage.allSnapshots()).containsExactly(snapshot);
    }

    @Test
    void asksTheProviderWithTheConnectionsCredentialsAndTheDeadline() {
      fixture.provider.next(reading(HUNDRED));

      fixture.sync();

      assertThat(fixture.provider.lastConnection())
          .isEqualTo(fixture.connections().open(fixture.wallet.connectionId()).orElseThrow());
      assertThat(fixture.provider.lastDeadline())
          .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(15));
    }

    @Test
    void holdsNoTransactionWhileTheProviderIsAsked() {
      var other = new CompletableFuture<String>();
      fixture.provider.always(
          _ -> {
            // another thread gets a transaction only if this one holds none
            Thread.startVirtualThread(
                () -> other.complete(fixture.transactions().inTransaction(() -> "free")));
            assertThat(other.orTimeout(10, TimeUnit.SECONDS).join()).isEqualTo("free");
            return reading(HUNDRED);
          });

      assertThat(fixture.sync("key-1")).isInstanceOf(Outcome.Synced.class);
    }

    @Test
    void observesTheReplyAfterTheStartByAMonotonicClock() {
      var gate = fixture.provider.nextHeld(reading(HUNDRED));
      var before = System.nanoTime();
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var sync = CompletableFuture.supplyAsync(fixture::sync, executor);
        gate.awaitCall();
        // the wall clock jumps; the length of the call must not
        fixture.clock.advance(Duration.ofHours(1));
        gate.open();
        var snapshot = synced(sync.join()).answer().snapshot();

        assertThat(snapshot.callStartedAt()).isBetween(Examples.MORNING, snapshot.observedAt());
        assertThat(snapshot.observedAt())
            .isAfterOrEqualTo(Examples.MORNING)
            .isBefore(Examples.MORNING.plusNanos(System.nanoTime() - before));
      }
    }

    @Test
    void cutsAllTimesToMicroseconds() {
      fixture.clock.set(Instant.parse("2026-11-22T08:00:00.123456789Z"));
      fixture.provider.next(
          reading(HUNDRED, null, Instant.parse("2026-11-22T07:00:00.987654321Z")));

      var snapshot = synced(fixture.sync()).answer().snapshot();

      assertThat(snapshot.asOf()).isEqualTo(Instant.parse("2026-11-22T07:00:00.987654Z"));
      assertThat(snapshot.providerTime()).isEqualTo(Instant.parse("2026-11-22T07:00:00.987654Z"));
      assertThat(snapshot.callStartedAt())
          .isEqualTo(snapshot.callStartedAt().truncatedTo(ChronoUnit.MICROS));
      assertThat(snapshot.createdAt()).isEqualTo(Instant.parse("2026-11-22T08:00:00.123456Z"));
      assertThat(snapshot.observedAt())
          .isEqualTo(snapshot.observedAt().truncatedTo(ChronoUnit.MICROS));
      assertThat(fixture.auditEntries().getFirst().occurredAt())
          .isEqualTo(Instant.parse("2026-11-22T08:00:00.123456Z"));
    }

    @Test
    void confirmsWhatDidNotChange() {
      fixture.provider.always(reading(HUNDRED));
      var first = synced(fixture.sync());
      fixture.clock.advance(Duration.ofMinutes(5));

      var second = synced(fixture.sync());

      assertThat(second.answer().verdict()).isEqualTo(Verdict.UNCHANGED);
      assertThat(second.answer().snapshot()).isEqualTo(first.answer().snapshot());
      assertThat(second.answer().confirmedAt())
          .isAfterOrEqualTo(Examples.MORNING.plus(Duration.ofMinutes(5)));
      assertThat(fixture.storage.allSnapshots()).hasSize(1);
    }

    @Test
    void takesTheBalanceOfTheWalletsCurrencyAndAccount() {
      fixture.provider.next(
          new Reply.Reading(
              List.of(
                  account("", cedi("1")),
                  account("other account", Examples.balance("2")),
                  account("", Examples.balance("3")))));

      assertThat(synced(fixture.sync()).answer().snapshot().balance())
          .isEqualTo(Examples.balance("3"));
    }

    @Test
    void keepsTheFactsOfTheReadingWithTheSnapshot() {
      fixture.provider.next(
          new Reply.Reading(
              List.of(new AccountBalance("", HUNDRED, null, null, Examples.ODD_METADATA))));

      assertThat(synced(fixture.sync()).answer().snapshot().metadata())
          .isEqualTo(Examples.ODD_METADATA);
    }

    @Test
    void isAuditedWithTheKeyAndTheClaimedUser() {
      fixture.provider.next(reading(HUNDRED, "row-1", null));

      fixture.sync("key-1");

      assertThat(fixture.auditEntries())
          .singleElement()
          .satisfies(
              entry -> {
                assertThat(entry.actor()).isEqualTo(fixture.actor);
                assertThat(entry.action()).isEqualTo("sync_balance");
                assertThat(entry.outcome()).isEqualTo("created");
                assertThat(entry.details())
                    .containsEntry("idempotency_key", "key-1")
                    .containsEntry("user_id", "user-7")
                    .containsEntry("external_balance_id", "row-1")
                    .containsEntry("balance", "100.00");
              });
    }

    @Test
    void isObservedOnceWithItsOutcome() {
      fixture.provider.next(reading(HUNDRED));

      var outcome = fixture.sync("key-1");
      var replay = fixture.sync("key-1");

      assertThat(fixture.observed).containsExactly(outcome, replay);
    }
  }

  @Nested
  final class WhatCannotBeSynced {
    @Test
    void anUnknownWallet() {
      assertThat(fixture.useCase().sync(of(new WalletId(UUID.randomUUID()), Visibility.ALL)))
          .isEqualTo(new Outcome.UnknownWallet());
      assertThat(fixture.observed).isEmpty();
    }

    @Test
    void aWalletThatTheCallerMayNotSee() {
      assertThat(
              fixture
                  .useCase()
                  .sync(of(fixture.wallet.id(), new Visibility(Set.of(UUID.randomUUID())))))
          .isEqualTo(new Outcome.UnknownWallet());
      assertThat(fixture.provider.calls()).isZero();
      assertThat(fixture.auditEntries()).isEmpty();
    }

    @Test
    void aClosedWallet() {
      update(Examples.MORNING);

      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());

      assertGaveUp("wallet_closed");
      assertThat(fixture.provider.calls()).isZero();
      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());
    }

    @Test
    void aWalletThatIsClosedWhileTheProviderIsAsked() {
      fixture.provider.always(
          _ -> {
            update(Examples.MORNING);
            return reading(HUNDRED);
          });

      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());

      assertGaveUp("wallet_closed");
      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());
    }

    @Test
    void aWalletWhoseConnectionWasRemoved() {
      fixture
          .transactions()
          .inTransaction(
              () -> {
                fixture.connections().remove(fixture.wallet.connectionId());
                return fixture;
              });

      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.WalletClosed());

      assertGaveUp("wallet_closed");
      assertThat(fixture.provider.calls()).isZero();
    }

    private void update(Instant closedAt) {
      fixture
          .transactions()
          .inTransaction(
              () -> {
                fixture.wallets().update(fixture.wallet.closed(closedAt));
                return fixture;
              });
    }

    private SyncWalletBalance.Command of(WalletId wallet, Visibility visibility) {
      var command = fixture.command(null);
      return new SyncWalletBalance.Command(
          wallet,
          visibility,
          command.actor(),
          command.requester(),
          command.idempotencyKey(),
          command.fingerprint(),
          command.nonce(),
          command.claimedUserId(),
          command.source(),
          command.answerFormat());
    }
  }

  @Nested
  final class Failures {
    private final ProviderFailure failure =
        new ProviderFailure(
            ProviderFailure.Reason.RATE_LIMITED, "Too many calls.", Duration.ofSeconds(7));

    @Test
    void aFailureIsPassedOnAndLeavesNoSnapshot() {
      fixture.provider.next(new Reply.Failure(failure));

      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.ProviderFailed(failure));

      assertGaveUp("rate_limited");
    }

    @Test
    void aFailureFreesTheKeySoThatTheNextAttemptAsksAgain() {
      fixture.provider.next(new Reply.Failure(failure));
      fixture.provider.next(reading(HUNDRED));
      fixture.sync("key-1");

      assertThat(synced(fixture.sync("key-1")).answer().verdict()).isEqualTo(Verdict.CREATED);
      assertThat(fixture.provider.calls()).isEqualTo(2);
    }

    @Test
    void aFailureBurnsTheNonce() {
      fixture.provider.next(new Reply.Failure(failure));
      var command = fixture.command("key-1");
      fixture.useCase().sync(command);

      assertThat(fixture.useCase().sync(command)).isEqualTo(new Outcome.NonceReused());
    }

    @Test
    void aFailureWithoutAKeyIsAuditedToo() {
      fixture.provider.next(new Reply.Failure(failure));

      fixture.sync();

      assertGaveUp("rate_limited");
      assertThat(fixture.auditEntries().getFirst().details())
          .containsEntry("idempotency_key", null);
    }

    @Test
    void aFailureNeverTouchesWhatWasKnown() {
      fixture.provider.next(reading(HUNDRED));
      fixture.sync();
      var before = fixture.latest();
      fixture.provider.next(new Reply.Failure(failure));

      fixture.sync();

      assertThat(fixture.latest()).isEqualTo(before);
    }

    @Test
    void aReadingWithoutTheWalletsCurrencyIsAFailure() {
      fixture.provider.next(new Reply.Reading(List.of(account("", cedi("1")))));

      assertThat(fixture.sync("key-1"))
          .isInstanceOfSatisfying(
              Outcome.ProviderFailed.class,
              failed -> {
                assertThat(failed.failure().reason())
                    .isEqualTo(ProviderFailure.Reason.CURRENCY_MISSING);
                assertThat(failed.failure().detail()).contains("NGN");
                assertThat(failed.failure().retryAfter()).isNull();
              });
      assertGaveUp("currency_missing");
    }

    @Test
    void anEmptyReadingIsAFailureAndNeverAZero() {
      fixture.provider.next(new Reply.Reading(List.of()));

      assertThat(fixture.sync()).isInstanceOf(Outcome.ProviderFailed.class);
      assertGaveUp("currency_missing");
    }

    @Test
    void aReadingOfAnotherAccountIsAFailure() {
      fixture.provider.next(new Reply.Reading(List.of(account("somebody else's", HUNDRED))));

      assertThat(fixture.sync()).isInstanceOf(Outcome.ProviderFailed.class);
      assertGaveUp("currency_missing");
    }

    @Test
    void anAnswerThatCannotBeWrittenUndoesEverythingAndTheKeyIsTriedAgainAfterItsLease() {
      fixture.provider.always(reading(HUNDRED));
      AnswerFormat broken =
          _ -> {
            throw new IllegalStateException("writing on purpose");
          };

      assertThatThrownBy(
              () ->
                  fixture.useCase().sync(fixture.command("key-1", "fingerprint", "nonce", broken)))
          .hasMessage("writing on purpose");

      assertThat(fixture.latest()).isEmpty();
      assertThat(fixture.storage.allSnapshots()).isEmpty();
      assertThat(fixture.auditEntries()).isEmpty();
      assertThat(fixture.sync("key-1")).isInstanceOf(Outcome.InFlight.class);
      fixture.clock.advance(SyncPolicy.STANDARD.lease());
      assertThat(synced(fixture.sync("key-1")).answer().verdict()).isEqualTo(Verdict.CREATED);
    }

    @Test
    void aListenerThatFailsUndoesEverything() {
      fixture.provider.always(reading(HUNDRED));
      fixture.listeners.add(
          _ -> {
            throw new IllegalStateException("listener on purpose");
          });

      assertThatThrownBy(() -> fixture.sync("key-1")).hasMessage("listener on purpose");

      assertThat(fixture.latest()).isEmpty();
      assertThat(fixture.auditEntries()).isEmpty();
    }
  }

  @Nested
  final class Keys {
    @Test
    void aReplayGivesTheSameTextAndAsksNobody() {
      fixture.provider.next(reading(HUNDRED));
      var first = synced(fixture.sync("key-1"));
      fixture.clock.advance(Duration.ofHours(23));

      var replay = fixture.sync("key-1");

      assertThat(replay).isEqualTo(new Outcome.Replayed(first.text()));
      assertThat(fixture.provider.calls()).isEqualTo(1);
    }

    @Test
    void aReplayIsAudited() {
      fixture.provider.next(reading(HUNDRED));
      fixture.sync("key-1");

      fixture.sync("key-1");

      var replay = fixture.auditEntries().getLast();
      assertThat(replay.action()).isEqualTo("replay_sync_balance");
      assertThat(replay.outcome()).isEqualTo("replayed");
      assertThat(replay.resource()).isEqualTo("wallet_balance_snapshot");
      assertThat(replay.subjectId()).isEqualTo(fixture.wallet.id().value());
      assertThat(replay.connectionId()).isEqualTo(fixture.wallet.connectionId().value());
      assertThat(replay.details())
          .isEqualTo(
              AuditEntry.facts(
                  "wallet_id", fixture.wallet.id().toString(),
                  "provider", "paystack",
                  "currency", "NGN",
                  "idempotency_key", "key-1",
                  "user_id", "user-7",
                  "reason", null));
    }

    @Test
    void anUnchangedAnswerIsReplayedAsItWasToo() {
      fixture.provider.always(reading(HUNDRED));
      fixture.sync();
      var unchanged = synced(fixture.sync("key-1"));
      fixture.provider.always(reading(TWO_HUNDRED));
      fixture.sync();

      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.Replayed(unchanged.text()));
    }

    @Test
    void aKeyOfAnotherRequestIsRefused() {
      fixture.provider.next(reading(HUNDRED));
      fixture.sync("key-1");

      var outcome =
          fixture
              .useCase()
              .sync(fixture.command("key-1", "another fingerprint", "nonce-2", SyncFixture.FORMAT));

      assertThat(outcome).isEqualTo(new Outcome.KeyReused());
      assertThat(fixture.provider.calls()).isEqualTo(1);
      assertThat(fixture.auditEntries()).hasSize(1);
    }

    @Test
    void aReusedNonceIsRefusedWithAndWithoutAKey() {
      fixture.provider.always(reading(HUNDRED));
      var withKey = fixture.command("key-1");
      var without = fixture.command(null);
      fixture.useCase().sync(withKey);
      fixture.useCase().sync(without);

      assertThat(fixture.useCase().sync(withKey)).isEqualTo(new Outcome.NonceReused());
      assertThat(fixture.useCase().sync(without)).isEqualTo(new Outcome.NonceReused());
      assertThat(fixture.provider.calls()).isEqualTo(2);
    }

    @Test
    void aKeyInUseIsInFlightAndAsksNobody() {
      var gate = fixture.provider.nextHeld(reading(HUNDRED));
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = CompletableFuture.supplyAsync(() -> fixture.sync("key-1"), executor);
        gate.awaitCall();
        fixture.clock.advance(Duration.ofSeconds(10));

        assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.InFlight(Duration.ofSeconds(20)));

        gate.open();
        assertThat(first.join()).isInstanceOf(Outcome.Synced.class);
      }
      assertThat(fixture.provider.calls()).isEqualTo(1);
    }

    @Test
    void aWorkerThatWasTakenOverRecordsNothingAndTheTakerDoes() {
      var gate = fixture.provider.nextHeld(reading(HUNDRED));
      fixture.provider.next(reading(TWO_HUNDRED));
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var slow = CompletableFuture.supplyAsync(() -> fixture.sync("key-1"), executor);
        gate.awaitCall();
        fixture.clock.advance(SyncPolicy.STANDARD.lease());
        var taker = synced(fixture.sync("key-1"));

        gate.open();

        assertThat(slow.join()).isInstanceOf(Outcome.InFlight.class);
        assertThat(fixture.storage.allSnapshots()).containsExactly(taker.answer().snapshot());
        assertThat(fixture.storage.allLateReadings()).isEmpty();
        assertThat(fixture.auditEntries())
            .extracting(AuditEntry::outcome)
            .containsExactlyInAnyOrder("created", "failed");
        assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.Replayed(taker.text()));
      }
    }

    @Test
    void aWorkerThatWasTakenOverAndFailsDoesNotFreeTheTakersKey() {
      var slowGate =
          fixture.provider.nextHeld(
              new Reply.Failure(ProviderFailure.of(ProviderFailure.Reason.TIMEOUT, "Too slow.")));
      var takersGate = fixture.provider.nextHeld(reading(HUNDRED));
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var slow = CompletableFuture.supplyAsync(() -> fixture.sync("key-1"), executor);
        slowGate.awaitCall();
        fixture.clock.advance(SyncPolicy.STANDARD.lease());
        var taker = CompletableFuture.supplyAsync(() -> fixture.sync("key-1"), executor);
        takersGate.awaitCall();

        slowGate.open();
        assertThat(slow.join()).isInstanceOf(Outcome.ProviderFailed.class);
        assertThat(fixture.sync("key-1")).isInstanceOf(Outcome.InFlight.class);

        takersGate.open();
        assertThat(synced(taker.join()).answer().verdict()).isEqualTo(Verdict.CREATED);
      }
    }

    @Test
    void aKeyWhoseRecordExpiredNeverMakesASecondSnapshot() {
      fixture.provider.next(reading(HUNDRED));
      fixture.provider.next(reading(TWO_HUNDRED));
      var first = synced(fixture.sync("key-1"));
      fixture.clock.advance(SyncPolicy.STANDARD.keyRetention());

      var second = synced(fixture.sync("key-1"));

      assertThat(second.answer().verdict()).isEqualTo(Verdict.DUPLICATE);
      assertThat(second.answer().snapshot()).isEqualTo(first.answer().snapshot());
      assertThat(fixture.storage.allSnapshots()).hasSize(1);
      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.Replayed(second.text()));
    }

    @Test
    void aKeyThatMadeNoSnapshotMayMakeOneAfterItsRecordExpired() {
      fixture.provider.always(reading(HUNDRED));
      fixture.sync();
      fixture.sync("key-1");
      fixture.clock.advance(SyncPolicy.STANDARD.keyRetention());
      fixture.provider.always(reading(TWO_HUNDRED));

      assertThat(synced(fixture.sync("key-1")).answer().verdict()).isEqualTo(Verdict.CREATED);
    }

    @Test
    void twoCallersMayChooseTheSameKey() {
      fixture.provider.always(reading(HUNDRED));
      fixture.sync("key-1");
      var mine = fixture.command("key-1");

      var theirs =
          fixture
              .useCase()
              .sync(
                  new SyncWalletBalance.Command(
                      mine.wallet(),
                      mine.visibility(),
                      mine.actor(),
                      Examples.id(),
                      mine.idempotencyKey(),
                      "theirs",
                      mine.nonce(),
                      null,
                      mine.source(),
                      mine.answerFormat()));

      assertThat(synced(theirs).answer().verdict()).isEqualTo(Verdict.UNCHANGED);
    }
  }

  @Nested
  final class Races {
    private static final int THREADS = 64;

    @Test
    void manyAttemptsUnderOneKeyMakeOneCallOneSnapshotAndAnswersThatAgree() {
      fixture.provider.always(call -> reading(Examples.balance(Integer.toString(call))));

      var outcomes = Concurrently.call(THREADS, _ -> fixture.sync("key-1"));

      assertThat(fixture.provider.calls()).isEqualTo(1);
      assertThat(fixture.storage.allSnapshots()).hasSize(1);
      var text = only(outcomes, Outcome.Synced.class).text();
      assertThat(outcomes)
          .allSatisfy(
              outcome ->
                  assertThat(outcome)
                      .satisfiesAnyOf(
                          o -> assertThat(o).isInstanceOf(Outcome.Synced.class),
                          o -> assertThat(o).isInstanceOf(Outcome.InFlight.class),
                          o -> assertThat(o).isEqualTo(new Outcome.Replayed(text))));
      assertThat(fixture.sync("key-1")).isEqualTo(new Outcome.Replayed(text));
      assertThat(fixture.auditEntries())
          .filteredOn(entry -> entry.action().equals("sync_balance"))
          .hasSize(1);
    }

    @Test
    void whileTheProviderIsAskedEveryOtherAttemptUnderTheKeyIsInFlight() {
      var gate = fixture.provider.nextHeld(reading(HUNDRED));
      try (var executor = Executors.newVirtualThreadPerTaskExecutor()) {
        var first = CompletableFuture.supplyAsync(() -> fixture.sync("key-1"), executor);
        gate.awaitCall();

        var others = Concurrently.call(THREADS - 1, _ -> fixture.sync("key-1"));

        gate.open();
        assertThat(others).hasOnlyElementsOfType(Outcome.InFlight.class);
        var text = synced(first.join()).text();
        assertThat(Concurrently.call(THREADS, _ -> fixture.sync("key-1")))
            .containsOnly(new Outcome.Replayed(text));
      }
      assertThat(fixture.provider.calls()).isEqualTo(1);
    }

    @Test
    void manySyncsOfOneBalanceMakeOneSnapshot() {
      fixture.provider.always(reading(HUNDRED, "row-1", null));

      var outcomes =
          Concurrently.call(
              THREADS,
              _ -> {
                fixture.clock.advance(Duration.ofMillis(1));
                return fixture.sync();
              });

      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Synced.class);
      assertThat(fixture.storage.allSnapshots()).hasSize(1);
      assertThat(fixture.auditEntries()).hasSize(THREADS);
    }

    @Test
    void manySyncsOfAMovingBalanceMakeOneSnapshotOfEachStateAtMost() {
      // eight states one after the other, each with the provider's name for it
      fixture.provider.always(
          call -> {
            var state = Integer.toString(call / 8);
            return reading(Examples.balance(state), "row-" + state, null);
          });

      var outcomes =
          Concurrently.call(
              THREADS,
              _ -> {
                fixture.clock.advance(Duration.ofMillis(1));
                return fixture.sync();
              });

      assertThat(outcomes).hasOnlyElementsOfType(Outcome.Synced.class);
      var snapshots = fixture.storage.allSnapshots();
      assertThat(snapshots).extracting(WalletBalanceSnapshot::balance).doesNotHaveDuplicates();
      assertThat(snapshots)
          .extracting(WalletBalanceSnapshot::sequence)
          .containsExactlyElementsOf(LongStream.rangeClosed(1, snapshots.size()).boxed().toList());
      assertThat(IntStream.range(1, snapshots.size()))
          .allSatisfy(
              i -> assertThat(snapshots.get(i).asOf()).isAfter(snapshots.get(i - 1).asOf()));
      assertThat(fixture.latest().orElseThrow().snapshot()).isEqualTo(snapshots.getLast());
    }

    @Test
    void manyKeysEachGetTheirAnswer() {
      fixture.provider.always(reading(HUNDRED));

      var texts =
          Concurrently.call(THREADS, number -> synced(fixture.sync("key-" + number)).text());

      assertThat(IntStream.range(0, THREADS).mapToObj(number -> fixture.sync("key-" + number)))
          .isEqualTo(texts.stream().<Outcome>map(Outcome.Replayed::new).toList());
    }
  }

  private void assertGaveUp(String reason) {
    assertThat(fixture.storage.allSnapshots()).isEmpty();
    var expected =
        new TreeMap<>(
            Map.of(
                "wallet_id", fixture.wallet.id().toString(),
                "provider", "paystack",
                "currency", "NGN",
                "user_id", "user-7",
                "reason", reason));
    assertThat(fixture.auditEntries())
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.action()).isEqualTo("sync_balance");
              assertThat(entry.outcome()).isEqualTo("failed");
              assertThat(entry.actor()).isEqualTo(fixture.actor);
              assertThat(entry.details()).containsAllEntriesOf(expected);
            });
  }

  private static Outcome.Synced synced(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Synced.class);
    return (Outcome.Synced) outcome;
  }

  private static <T> T only(List<? extends Outcome> outcomes, Class<T> type) {
    var found = outcomes.stream().filter(type::isInstance).map(type::cast).toList();
    assertThat(found).hasSize(1);
    return found.getFirst();
  }

  private static AccountBalance account(String id, Balance balance) {
    return new AccountBalance(id, balance, null, null, Metadata.NONE);
  }

  private static Balance cedi(String amount) {
    return Balance.available(new Money(new BigDecimal(amount), Examples.GHS));
  }
}
