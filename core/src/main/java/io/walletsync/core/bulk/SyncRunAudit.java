package io.walletsync.core.bulk;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import java.util.SortedMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the audit trail is told of runs, in the transaction that changed them. */
final class SyncRunAudit {
  private final Auditor auditor;

  SyncRunAudit(Auditor auditor) {
    this.auditor = auditor;
  }

  void started(Actor actor, SyncRun run, @Nullable String idempotencyKey) {
    append(
        actor,
        "start_sync_run",
        run,
        "started",
        AuditEntry.facts(
            "filter", text(run.filter()),
            "total", Long.toString(run.total()),
            "idempotency_key", idempotencyKey));
  }

  void replayed(Actor actor, UUID subject, @Nullable String idempotencyKey) {
    auditor.append(
        auditor.entry(
            actor,
            "replay_start_sync_run",
            "sync_run",
            subject,
            null,
            "replayed",
            AuditEntry.facts("idempotency_key", idempotencyKey)));
  }

  void cancelled(Actor actor, SyncRun run) {
    append(actor, "cancel_sync_run", run, "cancelled", counts(run));
  }

  void finished(Actor actor, SyncRun run) {
    append(actor, "finish_sync_run", run, "completed", counts(run));
  }

  private void append(
      Actor actor,
      String action,
      SyncRun run,
      String outcome,
      SortedMap<String, @Nullable String> details) {
    var connection =
        run.filter() instanceof SyncRunFilter.OfConnection(var only) ? only.value() : null;
    auditor.append(
        auditor.entry(actor, action, "sync_run", run.id(), connection, outcome, details));
  }

  private static SortedMap<String, @Nullable String> counts(SyncRun run) {
    var tally = run.tally();
    return AuditEntry.facts(
        "filter", text(run.filter()),
        "total", Long.toString(run.total()),
        "changed", Long.toString(tally.changed()),
        "unchanged", Long.toString(tally.unchanged()),
        "failed", Long.toString(tally.failed()),
        "skipped", Long.toString(tally.skipped()));
  }

  private static String text(SyncRunFilter filter) {
    return switch (filter) {
      case SyncRunFilter.OfConnection(var connection) -> "connection " + connection;
      case SyncRunFilter.OfProvider(var provider) -> "provider " + provider;
      case SyncRunFilter.OfOwner(var ownerId) -> "owner " + ownerId;
      case SyncRunFilter.All() -> "all";
    };
  }
}
