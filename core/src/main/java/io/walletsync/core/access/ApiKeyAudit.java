package io.walletsync.core.access;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.Auditor;
import java.util.SortedMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** How the audit trail tells of what happens to API keys. */
final class ApiKeyAudit {
  private final Auditor auditor;

  ApiKeyAudit(Auditor auditor) {
    this.auditor = auditor;
  }

  /** Appends one entry about the key, in the open transaction. */
  void append(
      Actor actor, String action, ApiKey key, String outcome, @Nullable String... furtherDetails) {
    SortedMap<String, @Nullable String> details = AuditEntry.facts(furtherDetails);
    details.put("key_id", key.keyId());
    details.put("name", key.name());
    details.put("scopes", String.join(" ", key.scopes().codes()));
    details.put("connections", connections(key.limit()));
    auditor.append(auditor.entry(actor, action, "api_key", key.id(), null, outcome, details));
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
