package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.AlertRule;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;

/**
 * Rules in PostgreSQL. Whoever changes one takes the version's row first, so that two who change
 * rules wait for each other and not in a ring with a recording.
 */
final class PostgresAlertRules implements AlertRules {
  private final JdbcClient jdbc;

  PostgresAlertRules(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  private void moveVersion() {
    jdbc.sql("update alert_engine set version = version + 1").update();
  }

  @Override
  public List<AlertRule> all() {
    return jdbc.sql("select * from alert_rule where deleted_at is null order by rule_id")
        .query((row, _) -> AlertRuleRow.read(row))
        .list();
  }

  @Override
  public AlertRule add(AlertRule rule) {
    moveVersion();
    return written(
            jdbc.sql(
                """
            insert into alert_rule (
                     rule_id, name, severity, enabled, kind, condition, wallet_id, connection_id,
                     provider, currency, owner_id, metadata, connections, revision, in_force_since,
                     walk_due, created_at, updated_at, made_by, made_within)
            values (:id, :name, :severity, :enabled, :kind, :condition::jsonb, :wallet, :connection,
                    :provider, :currency, :owner, :metadata::jsonb, :connections::uuid[], :revision,
                    clock_timestamp(), :walk, :created, :updated, :maker, :within::uuid[])
            returning *
            """),
            rule)
        .param("created", timestamp(rule.createdAt()))
        .param("maker", rule.maker().key())
        .param("within", AlertRuleRow.text(rule.maker().limit()))
        .param("updated", timestamp(rule.updatedAt()))
        .query((row, _) -> AlertRuleRow.read(row))
        .single();
  }

  /** What is written of a rule, new or changed. */
  private static StatementSpec written(StatementSpec statement, AlertRule rule) {
    var scope = rule.scope();
    return statement
        .param("id", rule.id())
        .param("name", rule.name())
        .param("severity", rule.severity().name())
        .param("enabled", rule.enabled())
        .param("kind", rule.kind().name())
        .param("condition", AlertRuleRow.condition(rule))
        .param("wallet", scope.wallet() == null ? null : scope.wallet().value())
        .param("connection", scope.connection() == null ? null : scope.connection().value())
        .param("provider", scope.provider() == null ? null : scope.provider().value())
        .param("currency", scope.currency() == null ? null : scope.currency().value())
        .param("owner", scope.ownerId())
        .param("metadata", MetadataJson.write(scope.metadata()))
        .param("connections", AlertRuleRow.text(rule.limit()))
        .param("revision", rule.revision())
        .param("walk", rule.walkDue());
  }

  @Override
  public Optional<AlertRule> lock(UUID id, Visibility visibility) {
    // not moved: what turns out to change nothing makes no node read all rules again
    jdbc.sql("select version from alert_engine for update").query(Long.class).single();
    return jdbc.sql(
            """
            select * from alert_rule
             where rule_id = :id and deleted_at is null
               and (:visible::uuid[] is null or connections <@ :visible::uuid[])
               for update
            """)
        .param("id", id)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> AlertRuleRow.read(row))
        .optional();
  }

  @Override
  public AlertRule replace(AlertRule rule) {
    moveVersion();
    return written(
            jdbc.sql(
                """
            update alert_rule
               set name = :name, severity = :severity, enabled = :enabled, kind = :kind,
                   condition = :condition::jsonb, wallet_id = :wallet, connection_id = :connection,
                   provider = :provider, currency = :currency, owner_id = :owner,
                   metadata = :metadata::jsonb, connections = :connections::uuid[],
                   in_force_since = case when revision = :revision then in_force_since
                                         else clock_timestamp() end,
                   revision = :revision, walk_due = :walk, updated_at = :updated
             where rule_id = :id
            returning *
            """),
            rule)
        .param("updated", timestamp(rule.updatedAt()))
        .query((row, _) -> AlertRuleRow.read(row))
        .single();
  }

  @Override
  public void delete(UUID id) {
    moveVersion();
    jdbc.sql(
            """
            update alert_rule
               set deleted_at = clock_timestamp(), enabled = false
             where rule_id = ?
            """)
        .param(id)
        .update();
  }

  @Override
  public Map<UUID, Integer> hold(Collection<UUID> rules) {
    var held = new HashMap<UUID, Integer>();
    jdbc.sql(
            """
            select rule_id, revision from alert_rule
             where rule_id = any (?) and enabled and deleted_at is null
             order by rule_id
               for share
            """)
        .param(array("uuid", rules, id -> id))
        .query(
            row -> {
              held.put(row.getObject("rule_id", UUID.class), row.getInt("revision"));
            });
    return Map.copyOf(held);
  }

  @Override
  public void walked(UUID id, int revision) {
    jdbc.sql(
            """
            update alert_rule
               set walk_due = false, looked_at = clock_timestamp()
             where rule_id = ? and revision = ?
            """)
        .params(id, revision)
        .update();
  }

  @Override
  public Instant changesSeenUntil() {
    return jdbc.sql("select seen_until from alert_engine")
        .query(OffsetDateTime.class)
        .single()
        .toInstant();
  }

  @Override
  public void seeChangesUntil(Instant until) {
    jdbc.sql("update alert_engine set seen_until = ?").param(timestamp(until)).update();
  }

  @Override
  public Optional<AlertRule> find(UUID id, Visibility visibility) {
    return jdbc.sql(
            """
            select * from alert_rule
             where rule_id = :id and deleted_at is null
               and (:visible::uuid[] is null or connections <@ :visible::uuid[])
            """)
        .param("id", id)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> AlertRuleRow.read(row))
        .optional();
  }

  @Override
  public long count() {
    return jdbc.sql("select count(*) from alert_rule where deleted_at is null")
        .query(Long.class)
        .single();
  }

  @Override
  public long countOf(UUID maker) {
    return jdbc.sql("select count(*) from alert_rule where made_by = ? and deleted_at is null")
        .param(maker)
        .query(Long.class)
        .single();
  }

  @Override
  public Page<AlertRule> page(Query query) {
    AlertKind kind = query.kind();
    return Page.of(
        jdbc.sql(
                """
                select * from alert_rule
                 where deleted_at is null
                   and (:visible::uuid[] is null or connections <@ :visible::uuid[])
                   and (:kind::text is null or kind = :kind::text)
                   and (:enabled::boolean is null or enabled = :enabled::boolean)
                   and (:before::uuid is null or rule_id < :before::uuid)
                 order by rule_id desc
                 limit :limit
                """)
            .param("visible", uuids(query.visibility().connections()))
            .param("kind", kind == null ? null : kind.name())
            .param("enabled", query.enabled())
            .param("before", query.before())
            .param("limit", query.limit() + 1)
            .query((row, _) -> AlertRuleRow.read(row))
            .list(),
        query.limit());
  }
}
