package io.walletsync.core.sync;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import java.time.Duration;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The claims whose worker failed for lack of a database: their keys are given free as soon as it is
 * back, not only when their leases end. Freeing one is always safe, for a claim that was answered
 * or taken over after all is left alone.
 */
public final class AbandonedClaims {
  private static final int MOST = 10_000;

  private final SyncRequests requests;
  private final Transactions transactions;
  private final Auditor auditor;
  private final Duration lease;
  private final LinkedBlockingQueue<Abandoned> claims = new LinkedBlockingQueue<>(MOST);

  public AbandonedClaims(
      SyncRequests requests, Transactions transactions, Auditor auditor, SyncPolicy policy) {
    this.requests = requests;
    this.transactions = transactions;
    this.auditor = auditor;
    this.lease = policy.lease();
  }

  /**
   * Remembers an attempt that nobody works on any more. Does not touch the database.
   *
   * @param claim null where the attempt had no key
   * @param trace what the audit trail shall tell of it; lost only with the process, or when there
   *     are too many to remember
   */
  void add(SyncRequests.@Nullable Lease claim, AuditEntry trace) {
    var _ = claims.offer(new Abandoned(claim, trace, System.nanoTime()));
  }

  /** Frees and writes what can be freed and written now; to be called every second or so. */
  public void release() {
    for (var oldest = claims.peek(); oldest != null; oldest = claims.peek()) {
      var abandoned = oldest;
      transactions.inTransaction(
          () -> {
            // past its lease anybody may take the claim over, and nothing is left to free
            if (abandoned.claim() != null
                && System.nanoTime() - abandoned.sinceNanos() < lease.toNanos()) {
              requests.release(abandoned.claim());
            }
            auditor.append(abandoned.trace());
            return abandoned;
          });
      claims.remove(oldest);
    }
  }

  private record Abandoned(SyncRequests.@Nullable Lease claim, AuditEntry trace, long sinceNanos) {}
}
