package io.walletsync.core.bulk;

import static io.walletsync.core.bulk.SyncRunPorts.chunksOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.balance.Source;
import io.walletsync.core.balance.WalletBalanceSnapshot;
import io.walletsync.core.bulk.AdvanceSyncRun.Outcome;
import io.walletsync.core.bulk.SyncRun.State;
import io.walletsync.core.bulk.SyncRuns.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.ProviderFailure;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallet;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a run does to its wallets, and how it counts what became of them. */
class AdvanceSyncRunTest {
  private final BulkFixture fixture = new BulkFixture();

  @Test
  void syncsEveryWalletOnceAndSharesTheCallsOfAConnection() {
    var one = fixture.connected();
    var two = fixture.connected();
    fixture.wallets(one, 3);
    fixture.wallets(two, 2);
    var run = fixture.started(new SyncRunFilter.All(), Visibility.ALL);

    var done = fixture.advanceToTheEnd(run, chunksOf(10));

    assertThat(done.tally()).isEqualTo(new Tally(5, 0, 0, 0));
    assertThat(done.state()).isEqualTo(State.COMPLETED);
    assertThat(fixture.calls.values()).allMatch(calls -> calls.get() == 1).hasSize(2);
    assertThat(fixture.sources).hasSize(5).containsOnly(Source.BULK);
    assertThat(fixture.storage.allSnapshots())
        .extracting(WalletBalanceSnapshot::source)
        .hasSize(5)
        .containsOnly(Source.BULK);
    var actor = fixture.audited("sync_balance").getFirst().actor();
    assertThat(actor.id()).isEqualTo(run.startedBy().id());
    assertThat(actor.requestId()).isEqualTo("request-1");
    assertThat(fixture.audited("finish_sync_run"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("changed", "5"));
  }

  @Test
  void countsWhatStandsAsUnchanged() {
    var connection = fixture.connected();
    fixture.wallets(connection, 2);
    fixture.advanceToTheEnd(fixture.started(connection), chunksOf(10));
    fixture.clock.advance(Duration.ofMinutes(1));

    var again = fixture.advanceToTheEnd(fixture.started(connection), chunksOf(10));

    assertThat(again.tally()).isEqualTo(new Tally(0, 2, 0, 0));
    assertThat(fixture.storage.allSnapshots()).hasSize(2);
  }

  @Test
  void oneConnectionThatFailsLeavesTheOthersAlone() {
    var broken = fixture.connected();
    var sound = fixture.connected();
    var failing = fixture.wallets(broken, 2);
    fixture.wallets(sound, 2);
    fails(broken, Reason.UNAUTHORIZED, null);

    var done =
        fixture.advanceToTheEnd(
            fixture.started(new SyncRunFilter.All(), Visibility.ALL), chunksOf(3));

    assertThat(done.tally()).isEqualTo(new Tally(2, 0, 2, 0));
    var failures = fixture.syncRuns().failures(done.id(), null, 10).items();
    assertThat(failures)
        .extracting(Failure::wallet)
        .containsExactlyElementsOf(failing.stream().map(Wallet::id).toList());
    assertThat(failures).extracting(Failure::reason).containsOnly("unauthorized");
    assertThat(failures).extracting(Failure::detail).containsOnly("It failed.");
  }

  private void fails(Connection connection, Reason reason, @Nullable Duration retryAfter) {
    fixture.replies.put(
        connection.id(),
        _ -> new Reply.Failure(new ProviderFailure(reason, "It failed.", retryAfter)));
  }

  @Test
  void waitsWhereAskingAgainHelpsSoon() {
    var connection = fixture.connected();
    fixture.wallets(connection, 2);
    fixture.replies.put(
        connection.id(),
        call ->
            call < 3
                ? new Reply.Failure(
                    new ProviderFailure(Reason.BUSY, "Too many.", Duration.ofMillis(1)))
                : null);

    var done = fixture.advanceToTheEnd(fixture.started(connection), chunksOf(10));

    assertThat(done.tally()).isEqualTo(new Tally(2, 0, 0, 0));
    assertThat(fixture.calls.get(connection.id())).hasValue(3);
  }

  @Test
  void doesNotWaitForEverNorForLong() {
    var busy = fixture.connected();
    var spent = fixture.connected();
    fixture.wallets(busy, 1);
    fixture.wallets(spent, 1);
    fails(busy, Reason.BUSY, Duration.ofMillis(1));
    fails(spent, Reason.QUOTA_SPENT, Duration.ofMinutes(10));

    var done =
        fixture.advanceToTheEnd(
            fixture.started(new SyncRunFilter.All(), Visibility.ALL), chunksOf(10));

    assertThat(done.tally()).isEqualTo(new Tally(0, 0, 2, 0));
    assertThat(fixture.calls.get(busy.id())).hasValue(3);
    assertThat(fixture.calls.get(spent.id())).hasValue(1);
    assertThat(fixture.syncRuns().failures(done.id(), null, 10).items())
        .extracting(Failure::reason)
        .containsExactlyInAnyOrder("busy", "quota_spent");
  }

  @Test
  void whatIsNotBelievedIsAFailure() {
    var connection = fixture.connected();
    var wallet = fixture.wallets(connection, 1).getFirst();
    fixture.replies.put(
        connection.id(),
        call ->
            switch (call) {
              case 1 -> null;
              case 2 -> BulkFixture.all(Set.of(wallet.holding()), "1700");
              default -> new Reply.Failure(ProviderFailure.of(Reason.TIMEOUT, "It was late."));
            });
    fixture.advanceToTheEnd(fixture.started(connection), chunksOf(10));
    fixture.clock.advance(Duration.ofMinutes(1));

    var done = fixture.advanceToTheEnd(fixture.started(connection), chunksOf(10));

    assertThat(done.tally()).isEqualTo(new Tally(0, 0, 1, 0));
    assertThat(fixture.syncRuns().failures(done.id(), null, 10).items())
        .extracting(Failure::reason)
        .containsExactly("in_doubt");
  }

  @Test
  void pausedWalletsAreSyncedAndClosedOnesSkipped() {
    var connection = fixture.connected();
    fixture.wallet(connection, "ada", Wallet.Status.PAUSED, Examples.MORNING);
    var closing = fixture.wallet(connection, "ada", Wallet.Status.ACTIVE, Examples.MORNING);
    var run = fixture.started(connection);
    var taken = fixture.taken(run, SyncRunPorts.abandonedChunksOf(10)).orElseThrow();
    assertThat(taken.wallets()).hasSize(2);
    fixture
        .transactions()
        .inTransaction(
            () -> {
              fixture.wallets().update(closing.closed(Examples.MORNING));
              return run;
            });

    var done = fixture.advanceToTheEnd(run, chunksOf(10));

    assertThat(done.tally()).isEqualTo(new Tally(1, 0, 0, 1));
  }

  @Test
  void aConnectionThatIsGoneIsSkipped() {
    var connection = fixture.connected();
    fixture.wallets(connection, 2);
    var run = fixture.started(connection);
    fixture
        .transactions()
        .inTransaction(
            () -> {
              fixture.connections().remove(connection.id());
              return run;
            });

    assertThat(fixture.advanceToTheEnd(run, chunksOf(10)).tally()).isEqualTo(new Tally(0, 0, 0, 2));
  }

  @Test
  void whatBreaksIsTriedAgainAndAtLastGivenUpAlone() {
    var defect = fixture.connected();
    var sound = fixture.connected();
    fixture.wallets(defect, 1);
    fixture.wallets(sound, 1);
    fixture.replies.put(
        defect.id(),
        _ -> {
          throw new IllegalStateException("a defect");
        });
    var run = fixture.started(new SyncRunFilter.All(), Visibility.ALL);
    var advancing = fixture.advancing(chunksOf(10));
    var command = new AdvanceSyncRun.Command(run.id());

    for (var attempt = 1; attempt < 3; attempt++) {
      assertThat(advancing.advance(command))
          .isInstanceOfSatisfying(
              Outcome.GivenBack.class, back -> assertThat(back.cause()).hasMessage("a defect"));
      assertThat(fixture.now(run).tally()).isEqualTo(Tally.NONE);
    }

    assertThat(advancing.advance(command)).isInstanceOf(Outcome.Worked.class);
    assertThat(fixture.now(run).tally()).isEqualTo(new Tally(0, 1, 1, 0));
    assertThat(fixture.syncRuns().failures(run.id(), null, 10).items())
        .extracting(Failure::reason)
        .containsExactly("internal_error");
    assertThat(fixture.now(run).state()).isEqualTo(State.COMPLETED);
  }

  @Test
  void aHolderThatIsLateCountsNothing() {
    var connection = fixture.connected();
    fixture.wallets(connection, 1);
    var run = fixture.started(connection);
    fixture.replies.put(
        connection.id(),
        _ -> {
          assertThat(fixture.taken(run, chunksOf(1))).isPresent();
          return null;
        });

    assertThat(fixture.advance(run, SyncRunPorts.abandonedChunksOf(1)))
        .isEqualTo(new Outcome.LeaseLost());

    assertThat(fixture.now(run).tally()).isEqualTo(Tally.NONE);
  }

  @Test
  void aNodeThatStopsGivesItsChunkBackUncounted() throws InterruptedException {
    var connection = fixture.connected();
    fixture.wallets(connection, 1);
    var run = fixture.started(connection);
    var asked = new CountDownLatch(1);
    var never = new CountDownLatch(1);
    fixture.replies.put(
        connection.id(),
        call -> {
          if (call == 1) {
            asked.countDown();
            awaitQuietly(never);
          }
          return null;
        });
    var node = Thread.ofVirtual().start(() -> fixture.advance(run, chunksOf(1)));
    asked.await();

    node.interrupt();

    assertThat(node.join(Duration.ofSeconds(20))).isTrue();
    assertThat(fixture.now(run).tally()).isEqualTo(Tally.NONE);
    assertThat(fixture.advanceToTheEnd(run, chunksOf(1)).tally().done()).isEqualTo(1);
    never.countDown();
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void asksABoundedNumberOfConnectionsOfAProviderAtOnce() {
    for (var i = 0; i < 30; i++) {
      var connection = fixture.connected();
      fixture.wallets(connection, 1);
      fixture.replies.put(
          connection.id(),
          _ -> {
            LockSupport.parkNanos(1_000_000);
            return null;
          });
    }
    var run = fixture.started(new SyncRunFilter.All(), Visibility.ALL);

    fixture.advanceToTheEnd(run, chunksOf(100));

    assertThat(fixture.mostAsking).hasValueBetween(2, 8);
  }

  @Test
  void tellsHowFastItIsAndWhenItWillEnd() {
    var connection = fixture.connected();
    fixture.wallets(connection, 30);
    var run = fixture.started(connection);
    fixture.clock.advance(Duration.ofSeconds(4));
    fixture.advance(run, chunksOf(10));

    var half = fixture.now(run);

    assertThat(half.ratePerSecond()).isEqualByComparingTo("2.5");
    assertThat(half.expectedEnd()).isEqualTo(Examples.MORNING.plusSeconds(12));
    fixture.advanceToTheEnd(run, chunksOf(10));
    assertThat(fixture.now(run).expectedEnd()).isNull();
  }
}
