package io.walletsync.core.sync;

import io.walletsync.core.kernel.Transactions;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The claims whose worker failed for lack of a database: their keys are given free as soon as it is
 * back, not only when their leases end. Freeing one is always safe, for a claim that was answered
 * or taken over after all is left alone.
 */
public final class AbandonedClaims {
  private final SyncRequests requests;
  private final Transactions transactions;
  private final Duration lease;
  private final ConcurrentLinkedQueue<Abandoned> claims = new ConcurrentLinkedQueue<>();

  public AbandonedClaims(SyncRequests requests, Transactions transactions, SyncPolicy policy) {
    this.requests = requests;
    this.transactions = transactions;
    this.lease = policy.lease();
  }

  /** Remembers a claim that nobody works on any more. Does not touch the database. */
  void add(SyncRequests.Lease claim) {
    claims.add(new Abandoned(claim, System.nanoTime()));
  }

  /** Frees what can be freed now; to be called every second or so. */
  public void release() {
    for (var oldest = claims.peek(); oldest != null; oldest = claims.peek()) {
      var claim = oldest.claim();
      // past its lease anybody may take it over, and nothing is left to do
      if (System.nanoTime() - oldest.sinceNanos() < lease.toNanos()) {
        transactions.inTransaction(
            () -> {
              requests.release(claim);
              return claim;
            });
      }
      claims.remove(oldest);
    }
  }

  private record Abandoned(SyncRequests.Lease claim, long sinceNanos) {}
}
