package io.walletsync.core.bulk;

import io.walletsync.core.bulk.SyncRuns.Lease;
import io.walletsync.core.kernel.Transactions;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The chunks that this node works on: their leases are renewed while it lives, so that a slow
 * provider is no reason to take one over, and a dead node is one soon.
 */
public final class HeldChunks {
  private final SyncRuns runs;
  private final Transactions transactions;
  private final SyncRunPolicy policy;
  private final Set<Lease> held = ConcurrentHashMap.newKeySet();

  public HeldChunks(SyncRuns runs, Transactions transactions, SyncRunPolicy policy) {
    this.runs = runs;
    this.transactions = transactions;
    this.policy = policy;
  }

  void add(Lease lease) {
    held.add(lease);
  }

  void remove(Lease lease) {
    held.remove(lease);
  }

  /** To be called several times within a lease. */
  public void renew() {
    var leases = List.copyOf(held);
    if (!leases.isEmpty()) {
      transactions.inTransaction(
          () -> {
            runs.renew(leases, policy.lease());
            return leases;
          });
    }
  }
}
