package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuidOrNull;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.kernel.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.SqlArrayValue;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The audit trail in PostgreSQL: rows for looking, and beside them the bytes that count. */
final class PostgresAuditTrail implements AuditTrail {
  private static final TypeReference<TreeMap<String, @Nullable String>> TEXTS =
      new TypeReference<>() {};

  private final JdbcClient jdbc;

  PostgresAuditTrail(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void append(List<AuditEntry> entries) {
    if (entries.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into audit_entry (subject_id, entry_id, occurred_at, actor_kind, actor_id,
                                     actor_name, actor_address, request_id, action, resource,
                                     connection_id, outcome, details, canonical)
            select subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name,
                   actor_address, request_id, action, resource, connection_id, outcome,
                   convert_from(canonical, 'UTF8')::jsonb -> 'details', canonical
              from unnest(?::uuid[], ?::uuid[], ?::timestamptz[], ?::text[], ?::uuid[], ?::text[],
                          ?::text[], ?::text[], ?::text[], ?::text[], ?::uuid[], ?::text[],
                          ?::bytea[])
                as entry (subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name,
                          actor_address, request_id, action, resource, connection_id, outcome,
                          canonical)
            on conflict do nothing
            """)
        .param(array("uuid", entries, AuditEntry::subjectId))
        .param(array("uuid", entries, AuditEntry::entryId))
        .param(array("timestamptz", entries, AuditEntry::occurredAt))
        .param(array("text", entries, entry -> entry.actor().kind().name()))
        .param(array("uuid", entries, entry -> entry.actor().id()))
        .param(array("text", entries, entry -> entry.actor().name()))
        .param(array("text", entries, entry -> entry.actor().address()))
        .param(array("text", entries, entry -> entry.actor().requestId()))
        .param(array("text", entries, AuditEntry::action))
        .param(array("text", entries, AuditEntry::resource))
        .param(array("uuid", entries, AuditEntry::connectionId))
        .param(array("text", entries, AuditEntry::outcome))
        .param(
            new SqlArrayValue(
                "bytea",
                (Object[]) entries.stream().map(AuditEntry::canonicalBytes).toArray(byte[][]::new)))
        .update();
  }

  @Override
  public Page<AuditEntry> page(Query query) {
    return Page.of(
        jdbc.sql(
                """
                select subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name,
                       actor_address, request_id, action, resource, connection_id, outcome, details
                  from audit_entry
                 where (:action::text is null or action = :action::text)
                   and (:subject::uuid is null or subject_id = :subject::uuid)
                   and (:visible::uuid[] is null or connection_id = any (:visible::uuid[]))
                   and (:before::uuid is null or entry_id < :before::uuid)
                 order by entry_id desc
                 limit :limit
                """)
            .param("action", query.action())
            .param("subject", query.subjectId())
            .param("visible", uuids(query.connections()))
            .param("before", query.before())
            .param("limit", query.limit() + 1)
            .query((row, _) -> entry(row))
            .list(),
        query.limit());
  }

  private static AuditEntry entry(ResultSet row) throws SQLException {
    return new AuditEntry(
        uuid(row, "entry_id"),
        instant(row, "occurred_at"),
        new Actor(
            Actor.Kind.valueOf(row.getString("actor_kind")),
            uuid(row, "actor_id"),
            row.getString("actor_name"),
            row.getString("actor_address"),
            row.getString("request_id")),
        row.getString("action"),
        row.getString("resource"),
        uuid(row, "subject_id"),
        uuidOrNull(row, "connection_id"),
        row.getString("outcome"),
        JsonMapper.shared().readValue(row.getString("details"), TEXTS));
  }
}
