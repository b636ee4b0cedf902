package io.walletsync.core.sync;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.sync.SyncWalletBalance.Command;
import io.walletsync.core.wallet.Wallet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the audit trail is told of syncs that recorded nothing, and their keys given back. */
final class SyncTraces {
  private final SyncRequests requests;
  private final Transactions transactions;
  private final Auditor auditor;

  SyncTraces(SyncRequests requests, Transactions transactions, Auditor auditor) {
    this.requests = requests;
    this.transactions = transactions;
    this.auditor = auditor;
  }

  /** Some requests are answered as they were before. */
  void replayed(List<Replay> replays) {
    var entries =
        replays.stream()
            .map(it -> entry(it.command(), it.wallet(), "replay_sync_balance", "replayed", null))
            .toList();
    transactions.inTransaction(
        () -> {
          auditor.append(entries);
          return entries;
        });
  }

  record Replay(Command command, Wallet wallet) {}

  /** Another attempt has the key now, and will answer it. */
  void lost(Command command, Wallet wallet) {
    transactions.inTransaction(
        () -> {
          auditor.append(failure(command, wallet, "lease_lost"));
          return wallet;
        });
  }

  /** Frees the key for another try and leaves a trace, together. */
  void giveUp(Command command, Wallet wallet, Claim.Claimed claimed, String reason) {
    transactions.inTransaction(
        () -> {
          if (claimed.lease() != null) {
            requests.release(claimed.lease());
          }
          auditor.append(failure(command, wallet, reason));
          return reason;
        });
  }

  /** An entry that is not appended yet. */
  AuditEntry failure(Command command, Wallet wallet, String reason) {
    return entry(command, wallet, "sync_balance", "failed", reason);
  }

  private AuditEntry entry(
      Command command, Wallet wallet, String action, String outcome, @Nullable String reason) {
    var key = command.idempotencyKey();
    return auditor.entry(
        command.actor(),
        action,
        "wallet_balance_snapshot",
        wallet.id().value(),
        wallet.connectionId().value(),
        outcome,
        AuditEntry.facts(
            "wallet_id", wallet.id().toString(),
            "provider", wallet.provider().value(),
            "currency", wallet.currency().value(),
            "idempotency_key", key == null ? null : key.value(),
            "user_id", command.claimedUserId(),
            "reason", reason));
  }
}
