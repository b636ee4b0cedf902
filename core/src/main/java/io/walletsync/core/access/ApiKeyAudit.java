package io.walletsync.core.access;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.kernel.Ids;
import java.time.Instant;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the audit trail tells of what happens to API keys. */
final class ApiKeyAudit {
  private final AuditTrail trail;
  private final Ids ids;

  ApiKeyAudit(AuditTrail trail, Ids ids) {
    this.trail = trail;
    this.ids = ids;
  }

  /** Appends one entry about the key, in the open transaction. */
  void append(
      Actor actor,
      String action,
      ApiKey key,
      String outcome,
      Instant at,
      @Nullable String... furtherDetails) {
    SortedMap<String, @Nullable String> details = AuditEntry.facts(furtherDetails);
    details.put("key_id", key.keyId());
    details.put("name", key.name());
    details.put("scopes", String.join(" ", key.scopes().codes()));
    details.put("connections", connections(key.limit()));
    trail.append(
        List.of(
            new AuditEntry(
                ids.next(), at, actor, action, "api_key", key.id(), null, outcome, details)));
  }

  private static @Nullable String connections(ConnectionLimit limit) {
    return limit.connections() == null
        ? null
        : limit.connections().stream()
            .map(Object::toString)
            .sorted()
            .collect(Collectors.joining(" "));
  }
}
