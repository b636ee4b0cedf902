package io.walletsync.server.http.access;

import io.walletsync.core.audit.AuditEntry;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/** A line of the audit trail as the API shows it. */
@JsonNaming(SnakeCaseStrategy.class)
record AuditEntryJson(
    UUID auditEntryId,
    Instant occurredAt,
    String actorKind,
    UUID actorId,
    String actorName,
    @Nullable String actorAddress,
    @Nullable String requestId,
    String action,
    String resource,
    UUID subjectId,
    @Nullable UUID connectionId,
    String outcome,
    Map<String, @Nullable String> details) {

  static AuditEntryJson of(AuditEntry entry) {
    var actor = entry.actor();
    return new AuditEntryJson(
        entry.entryId(),
        entry.occurredAt(),
        actor.kind().name().toLowerCase(Locale.ROOT),
        actor.id(),
        actor.name(),
        actor.address(),
        actor.requestId(),
        entry.action(),
        entry.resource(),
        entry.subjectId(),
        entry.connectionId(),
        entry.outcome(),
        entry.details());
  }
}
