package io.walletsync.core.audit;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One line of the audit trail.
 *
 * @param occurredAt cut to microseconds
 * @param action what was done, such as {@code sync_balance}
 * @param resource the kind of record it was done to, such as {@code wallet_balance_snapshot}
 * @param subjectId the wallet, API key or connection it is about; the nil UUID if none is known
 * @param connectionId the connection concerned, which decides what a limited API key may read
 * @param outcome how it ended, such as {@code created} or {@code failed}
 * @param details further facts; values are text, or null for unknown; never secrets
 */
public record AuditEntry(
    UUID entryId,
    Instant occurredAt,
    Actor actor,
    String action,
    String resource,
    UUID subjectId,
    @Nullable UUID connectionId,
    String outcome,
    SortedMap<String, @Nullable String> details) {
  // spelled out: javac leaves the null marks of a compact constructor out of the class file, and
  // then no other module may give an unknown detail
  public AuditEntry(
      UUID entryId,
      Instant occurredAt,
      Actor actor,
      String action,
      String resource,
      UUID subjectId,
      @Nullable UUID connectionId,
      String outcome,
      SortedMap<String, @Nullable String> details) {
    this.entryId = entryId;
    this.occurredAt = occurredAt;
    this.actor = actor;
    this.action = action;
    this.resource = resource;
    this.subjectId = subjectId;
    this.connectionId = connectionId;
    this.outcome = outcome;
    this.details = Collections.unmodifiableSortedMap(new TreeMap<>(details));
  }

  /**
   * The bytes that stand for this entry wherever it is hashed: its JSON with sorted keys and no
   * white space, in UTF-8. They are stored as they are and never derived again from columns.
   */
  public byte[] canonicalBytes() {
    var fields = new TreeMap<String, @Nullable Object>();
    fields.put("action", action);
    fields.put("actor_address", actor.address());
    fields.put("actor_id", actor.id().toString());
    fields.put("actor_kind", actor.kind().name());
    fields.put("actor_name", actor.name());
    fields.put("connection_id", connectionId == null ? null : connectionId.toString());
    fields.put("details", details);
    fields.put("entry_id", entryId.toString());
    fields.put("occurred_at", occurredAt.toString());
    fields.put("outcome", outcome);
    fields.put("request_id", actor.requestId());
    fields.put("resource", resource);
    fields.put("subject_id", subjectId.toString());
    return new CanonicalJson().object(fields).toString().getBytes(StandardCharsets.UTF_8);
  }

  /** Collects details in a readable way: {@code facts("name", name, "scopes", scopes)}. */
  public static SortedMap<String, @Nullable String> facts(@Nullable String... namesAndValues) {
    var facts = new TreeMap<String, @Nullable String>();
    for (var i = 0; i < namesAndValues.length; i += 2) {
      var name = namesAndValues[i];
      if (name != null) {
        facts.put(name, namesAndValues[i + 1]);
      }
    }
    return facts;
  }
}
