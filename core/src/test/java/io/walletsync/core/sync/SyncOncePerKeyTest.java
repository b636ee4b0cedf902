package io.walletsync.core.sync;

import static io.walletsync.core.provider.ScriptedBalanceProvider.reading;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.Recorded.Verdict;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** One idempotency key is one answer: replayed, fenced, and never a second snapshot. */
final class SyncOncePerKeyTest {
  private static final Balance HUNDRED = Examples.balance("100");
  private static final Balance TWO_HUNDRED = Examples.balance("200");

  private final SyncFixture fixture = new SyncFixture();

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

  private static Outcome.Synced synced(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Synced.class);
    return (Outcome.Synced) outcome;
  }
}
