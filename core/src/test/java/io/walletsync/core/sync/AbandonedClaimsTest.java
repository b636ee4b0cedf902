package io.walletsync.core.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Examples;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.provider.ScriptedBalanceProvider;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.sync.SyncRequests.Lease;
import io.walletsync.core.sync.SyncWalletBalance.Outcome;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class AbandonedClaimsTest {
  private static final String KEY = "key-1";

  private final SyncFixture fixture = new SyncFixture();
  private final SyncRequests requests = fixture.storage.syncRequests();

  @Test
  void freesTheKeyOfAWorkerThatLostTheDatabase() {
    fixture.provider.always(ScriptedBalanceProvider.reading(Examples.balance("5")));
    failOnce();
    assertThatThrownBy(() -> fixture.sync(KEY)).isInstanceOf(DatabaseLost.class);
    assertThat(fixture.sync(KEY)).isInstanceOf(Outcome.InFlight.class);

    fixture.abandonedClaims.release();

    assertThat(fixture.sync(KEY)).isInstanceOf(Outcome.Synced.class);
    assertThat(fixture.breaks).hasValue(1);
    assertThat(
            fixture
                .storage
                .auditTrail()
                .page(new AuditTrail.Query("sync_balance", null, null, null, 9))
                .items())
        .extracting(AuditEntry::outcome)
        .containsExactly("created", "failed");
  }

  @Test
  void leavesAClaimAloneThatWasAnsweredAfterAll() {
    var lease = claim();
    requests.complete(Map.of(lease, "the answer"));
    fixture.abandonedClaims.add(lease, trace());

    fixture.abandonedClaims.release();

    assertThat(requests.claim(request())).isEqualTo(new Claim.Answered("the answer"));
  }

  @Test
  void leavesAClaimAloneThatAnotherWorkerTookOver() {
    var lost = claim();
    fixture.clock.advance(SyncPolicy.STANDARD.lease());
    var takenOver = claim();
    fixture.abandonedClaims.add(lost, trace());

    fixture.abandonedClaims.release();

    assertThat(requests.lockHeld(List.of(takenOver))).containsExactly(takenOver);
  }

  @Test
  void triesAgainWhatFailed() {
    var isLost = new AtomicBoolean(true);
    var claims =
        new AbandonedClaims(requests, transactions(isLost), fixture.auditor(), SyncPolicy.STANDARD);
    claims.add(claim(), trace());
    assertThatThrownBy(claims::release).isInstanceOf(DatabaseLost.class);
    assertThat(requests.claim(request())).isInstanceOf(Claim.InFlight.class);

    isLost.set(false);
    claims.release();

    assertThat(requests.claim(request())).isInstanceOf(Claim.Claimed.class);
  }

  @Test
  void forgetsAClaimWhoseLeaseIsOver() {
    var noTime = new SyncPolicy(Duration.ZERO, Duration.ofNanos(1), Duration.ofHours(1));
    var claims =
        new AbandonedClaims(requests, transactions(new AtomicBoolean()), fixture.auditor(), noTime);
    claims.add(claim(), trace());

    claims.release();

    assertThat(requests.claim(request())).isInstanceOf(Claim.InFlight.class);
  }

  private void failOnce() {
    var failed = new AtomicBoolean();
    fixture.listeners.add(
        _ -> {
          if (!failed.getAndSet(true)) {
            throw new DatabaseLost();
          }
        });
  }

  private AuditEntry trace() {
    return fixture
        .auditor()
        .entry(
            fixture.actor,
            "sync_balance",
            "wallet",
            Examples.id(),
            null,
            "failed",
            AuditEntry.facts());
  }

  private Lease claim() {
    return Objects.requireNonNull(((Claim.Claimed) requests.claim(request())).lease());
  }

  private SyncRequests.Request request() {
    return new SyncRequests.Request(
        fixture.requester,
        new IdempotencyKey(KEY),
        "fingerprint",
        Examples.id().toString(),
        SyncPolicy.STANDARD.lease(),
        SyncPolicy.STANDARD.keyRetention());
  }

  private Transactions transactions(AtomicBoolean areLost) {
    return new Transactions() {
      @Override
      public <T> T inTransaction(Supplier<T> work) {
        if (areLost.get()) {
          throw new DatabaseLost();
        }
        return fixture.transactions().inTransaction(work);
      }
    };
  }

  private static final class DatabaseLost extends RuntimeException {}
}
