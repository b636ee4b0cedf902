package io.walletsync.core.bulk;

import static io.walletsync.core.bulk.SyncRunPorts.only;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.audit.Actor;
import io.walletsync.core.bulk.StartSyncRun.Outcome;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A request starts one run however often it is sent, over no more than its caller may see. */
class StartSyncRunTest {
  private static final SyncRunFilter ALL = new SyncRunFilter.All();

  private final BulkFixture fixture = new BulkFixture();
  private final Actor actor = Examples.actor();

  @Test
  void startsARunAndSaysSo() {
    var connection = fixture.connected();
    fixture.wallets(connection, 2);

    var started = (Outcome.Started) start(SyncRunPorts.ofConnection(connection), "key", "same");

    assertThat(started.run().total()).isEqualTo(2);
    assertThat(started.text()).isEqualTo("run " + started.run().id());
    assertThat(fixture.syncRuns().active(10))
        .containsExactly(new SyncRuns.Active(started.run().id(), Examples.PAYSTACK));
    assertThat(fixture.audited("start_sync_run"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.subjectId()).isEqualTo(started.run().id());
              assertThat(entry.connectionId()).isEqualTo(connection.id().value());
              assertThat(entry.details())
                  .containsEntry("total", "2")
                  .containsEntry("idempotency_key", "key");
            });
  }

  @Test
  void theSameRequestIsAnsweredAgainAndStartsNothing() {
    var first = (Outcome.Started) start(ALL, "key", "same");

    assertThat(start(ALL, "key", "same")).isEqualTo(new Outcome.Replayed(first.text()));

    assertThat(fixture.syncRuns().countActive()).isEqualTo(1);
    assertThat(fixture.audited("replay_start_sync_run")).hasSize(1);
    assertThat(start(ALL, "key", "another")).isEqualTo(new Outcome.KeyReused());
    assertThat(start(ALL, "other-key", "same")).isInstanceOf(Outcome.Started.class);
    assertThat(start(ALL, null, "same")).isInstanceOf(Outcome.Started.class);
    assertThat(fixture.syncRuns().countActive()).isEqualTo(3);
  }

  @Test
  void manyAtOnceStartOneRun() {
    var outcomes = Concurrently.call(8, _ -> start(ALL, "key", "same"));

    assertThat(outcomes).filteredOn(it -> it instanceof Outcome.Started).hasSize(1);
    assertThat(outcomes).filteredOn(it -> it instanceof Outcome.Replayed).hasSize(7);
    assertThat(fixture.syncRuns().countActive()).isEqualTo(1);
  }

  @Test
  void aNonceWorksOnce() {
    var command = command(ALL, null, "same", Visibility.ALL, "nonce");
    assertThat(fixture.startSyncRun.start(command)).isInstanceOf(Outcome.Started.class);

    assertThat(fixture.startSyncRun.start(command)).isEqualTo(new Outcome.NonceReused());

    assertThat(fixture.syncRuns().countActive()).isEqualTo(1);
  }

  @Test
  void aConnectionOutOfSightLooksLikeNoneAndLeavesTheKeyFree() {
    var hidden = fixture.connected();
    var seen = fixture.connected();
    var unseen = command(SyncRunPorts.ofConnection(hidden), "key", "same", only(seen), null);

    assertThat(fixture.startSyncRun.start(unseen)).isEqualTo(new Outcome.UnknownConnection());
    assertThat(
            start(
                new SyncRunFilter.OfConnection(new ConnectionId(UUID.randomUUID())),
                "key",
                "other"))
        .isEqualTo(new Outcome.UnknownConnection());

    assertThat(fixture.syncRuns().countActive()).isZero();
    assertThat(start(ALL, "key", "third")).isInstanceOf(Outcome.Started.class);
  }

  @Test
  void aProviderWithoutAdapterIsRefused() {
    assertThat(start(new SyncRunFilter.OfProvider(new ProviderId("nobody")), null, "same"))
        .isEqualTo(new Outcome.UnknownProvider(fixture.providers.profiles().ids()));

    assertThat(fixture.syncRuns().countActive()).isZero();
  }

  @Test
  void cancellingIsToldOnceAndChangesNothingAfterwards() {
    var run = ((Outcome.Started) start(ALL, null, "same")).run();
    var command = new CancelSyncRun.Command(actor, Visibility.ALL, run.id());

    for (var i = 0; i < 2; i++) {
      assertThat(fixture.cancelSyncRun.cancel(command))
          .isInstanceOfSatisfying(
              CancelSyncRun.Outcome.Over.class,
              over -> assertThat(over.run().state()).isEqualTo(SyncRun.State.CANCELLED));
    }

    assertThat(fixture.audited("cancel_sync_run")).hasSize(1);
    assertThat(
            fixture.cancelSyncRun.cancel(
                new CancelSyncRun.Command(actor, only(fixture.connected()), run.id())))
        .isEqualTo(new CancelSyncRun.Outcome.Unknown());
  }

  private Outcome start(SyncRunFilter filter, @Nullable String key, String fingerprint) {
    return fixture.startSyncRun.start(command(filter, key, fingerprint, Visibility.ALL, null));
  }

  private StartSyncRun.Command command(
      SyncRunFilter filter,
      @Nullable String key,
      String fingerprint,
      Visibility visibility,
      @Nullable String nonce) {
    return new StartSyncRun.Command(
        actor,
        visibility,
        filter,
        key == null ? null : new IdempotencyKey(key),
        fingerprint,
        nonce,
        run -> "run " + run.id());
  }
}
