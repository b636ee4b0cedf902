package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.timestampOrNull;
import static io.walletsync.server.postgres.Columns.uuid;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.alert.Alert;
import io.walletsync.core.alert.Alert.How;
import io.walletsync.core.alert.Alert.Resolved;
import io.walletsync.core.alert.Alert.State;
import io.walletsync.core.alert.AlertTransition;
import io.walletsync.core.alert.Alerts;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.rule.AlertKind;
import io.walletsync.core.rule.Severity;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.WalletId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Alerts in PostgreSQL: each change is one conditional statement, whatever others do meanwhile. */
final class PostgresAlerts implements Alerts {
  private static final UUID BEFORE_ALL = new UUID(0, 0);

  private final JdbcClient jdbc;

  PostgresAlerts(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * The version comes with the first row; where nothing holds there is one row without an alert.
   */
  @Override
  public Watch watch(Set<WalletId> wallets) {
    var versions = new ArrayList<Long>();
    var held = new ArrayList<Held>();
    var stormy = new HashSet<UUID>();
    jdbc.sql(
            """
            select version, null::uuid as alert_id, null::uuid as rule_id, null as kind,
                   null::uuid as subject_id
              from alert_engine
            union all
            select 0, alert_id, rule_id, kind, subject_id from alert
             where holds and wallet_id is not null
               and wallet_id = any ((select ?::uuid[])::uuid[])
            union all
            select 0, alert_id, rule_id, kind, subject_id from alert
             where holds and kind in ('STORM', 'ENGINE_ERROR') and kind = 'STORM'
            """)
        .param(array("uuid", wallets, WalletId::value))
        .query(
            row -> {
              if (row.getObject("alert_id") == null) {
                versions.add(row.getLong("version"));
              } else if (row.getString("kind").equals("STORM")) {
                stormy.add(uuid(row, "rule_id"));
              } else {
                held.add(AlertRow.held(row));
              }
            });
    return new Watch(versions.getFirst(), held, stormy);
  }

  @Override
  public Set<UUID> open(Collection<Alert> alerts) {
    return Set.copyOf(
        jdbc.sql(
                """
                insert into alert (
                         alert_id, rule_id, rule_revision, rule_name, kind, severity, subject_id,
                         wallet_id, connection_id, connections, currency, previous, current,
                         passed_limit, opened_at, state, holds, how, resolved_at, resolved_by,
                         value, step)
                select alert_id, rule_id, rule_revision, rule_name, kind, severity, subject_id,
                       wallet_id, connection_id, connections::uuid[], currency, previous, current,
                       passed_limit, opened_at, state, holds, how, resolved_at, resolved_by, value,
                       step
                  from unnest(?::uuid[], ?::uuid[], ?::integer[], ?::text[], ?::text[], ?::text[],
                              ?::uuid[], ?::uuid[], ?::uuid[], ?::text[], ?::text[], ?::text[],
                              ?::text[], ?::text[], ?::timestamptz[], ?::text[], ?::boolean[],
                              ?::text[], ?::timestamptz[], ?::text[], ?::text[], ?::integer[])
                    as alert (
                         alert_id, rule_id, rule_revision, rule_name, kind, severity, subject_id,
                         wallet_id, connection_id, connections, currency, previous, current,
                         passed_limit, opened_at, state, holds, how, resolved_at, resolved_by,
                         value, step)
                    on conflict (rule_id, kind, subject_id) where holds do nothing
                returning alert_id
                """)
            .params(
                array("uuid", alerts, Alert::id),
                array("uuid", alerts, Alert::ruleId),
                array("integer", alerts, Alert::ruleRevision),
                array("text", alerts, Alert::ruleName),
                array("text", alerts, it -> it.kind().name()),
                array("text", alerts, it -> it.severity().name()),
                array("uuid", alerts, it -> it.subject().id()),
                array("uuid", alerts, PostgresAlerts::wallet),
                array("uuid", alerts, PostgresAlerts::connection),
                array("text", alerts, it -> AlertRuleRow.text(it.visibleTo())),
                array("text", alerts, PostgresAlerts::currency),
                array("text", alerts, Alert::previous),
                array("text", alerts, Alert::current),
                array("text", alerts, Alert::limit),
                array("timestamptz", alerts, Alert::openedAt),
                array("text", alerts, it -> it.state().name()),
                array("boolean", alerts, Alert::holds),
                array("text", alerts, it -> resolved(it, end -> end.how().name())),
                array("timestamptz", alerts, it -> resolved(it, Resolved::at)),
                array("text", alerts, it -> resolved(it, Resolved::by)),
                array("text", alerts, PostgresAlerts::value),
                array("integer", alerts, Alert::step))
            .query(UUID.class)
            .list());
  }

  private static @Nullable UUID wallet(Alert alert) {
    return alert.subject().ofWallet().map(it -> it.wallet().value()).orElse(null);
  }

  private static @Nullable UUID connection(Alert alert) {
    return alert.subject().ofWallet().map(it -> it.connection().value()).orElse(null);
  }

  private static @Nullable String currency(Alert alert) {
    var currency = alert.currency();
    return currency == null ? null : currency.value();
  }

  private static <T> @Nullable T resolved(Alert alert, Function<Resolved, T> part) {
    var resolved = alert.resolved();
    return resolved == null ? null : part.apply(resolved);
  }

  private static @Nullable String value(Alert alert) {
    var resolved = alert.resolved();
    return resolved == null ? null : resolved.value();
  }

  /** A person may have resolved some meanwhile: of those only the condition is over. */
  @Override
  public List<Alert> over(Collection<Ending> endings) {
    var ids = array("uuid", endings, Ending::alert);
    var resolved =
        jdbc.sql(
                """
                update alert
                   set state = 'RESOLVED', holds = false, snoozed_until = null, how = ending.how,
                       resolved_at = ending.at, resolved_by = ending.by, value = ending.value,
                       step = step + 1
                  from unnest(?::uuid[], ?::text[], ?::timestamptz[], ?::text[], ?::text[])
                    as ending (alert_id, how, at, by, value)
                 where alert.alert_id = ending.alert_id and holds and state <> 'RESOLVED'
                returning alert.*
                """)
            .params(
                ids,
                array("text", endings, it -> it.how().how().name()),
                array("timestamptz", endings, it -> it.how().at()),
                array("text", endings, it -> it.how().by()),
                array("text", endings, it -> it.how().value()))
            .query((row, _) -> AlertRow.read(row))
            .list();
    if (resolved.size() < endings.size()) {
      jdbc.sql(
              """
              update alert set holds = false
               where alert_id = any (?) and holds and state = 'RESOLVED'
              """)
          .param(array("uuid", endings, Ending::alert))
          .update();
    }
    return resolved;
  }

  @Override
  public List<Alert> overOf(UUID rule, How how, Instant at, String by) {
    var resolved =
        jdbc.sql(
                """
                update alert
                   set state = 'RESOLVED', holds = false, snoozed_until = null, how = ?,
                       resolved_at = ?, resolved_by = ?, step = step + 1
                 where rule_id = ? and holds and state <> 'RESOLVED'
                returning *
                """)
            .params(how.name(), timestamp(at), by, rule)
            .query((row, _) -> AlertRow.read(row))
            .list();
    jdbc.sql("update alert set holds = false where rule_id = ? and holds").param(rule).update();
    return resolved;
  }

  @Override
  public Optional<Alert> move(UUID id, State to, @Nullable Instant until) {
    return jdbc.sql(
            """
            update alert
               set state = ?, snoozed_until = ?, step = step + 1
             where alert_id = ? and state <> 'RESOLVED'
            returning *
            """)
        .param(to.name())
        .param(timestampOrNull(until))
        .param(id)
        .query((row, _) -> AlertRow.read(row))
        .optional();
  }

  @Override
  public Optional<Alert> resolve(UUID id, Resolved how) {
    return jdbc.sql(
            """
            update alert
               set state = 'RESOLVED', snoozed_until = null, how = ?, resolved_at = ?,
                   resolved_by = ?, note = ?, value = ?, step = step + 1
             where alert_id = ? and state <> 'RESOLVED'
            returning *
            """)
        .param(how.how().name())
        .param(timestamp(how.at()))
        .param(how.by())
        .param(how.note())
        .param(how.value())
        .param(id)
        .query((row, _) -> AlertRow.read(row))
        .optional();
  }

  @Override
  public List<Alert> wake(int atMost) {
    return jdbc.sql(
            """
            update alert
               set state = 'OPEN', snoozed_until = null, step = step + 1
             where alert_id in (select alert_id from alert
                                 where state = 'SNOOZED' and snoozed_until <= clock_timestamp()
                                 order by snoozed_until
                                 limit ?)
               and state = 'SNOOZED' and snoozed_until <= clock_timestamp()
            returning *
            """)
        .param(atMost)
        .query((row, _) -> AlertRow.read(row))
        .list();
  }

  @Override
  public void note(Collection<AlertTransition> transitions) {
    jdbc.sql(
            """
            insert into alert_transition (
                     transition_id, alert_id, step, to_state, at, by, how, note, until)
            select transition_id, alert_id, step, to_state, at, by, how, note, until
              from unnest(?::uuid[], ?::uuid[], ?::integer[], ?::text[], ?::timestamptz[], ?::text[],
                          ?::text[], ?::text[], ?::timestamptz[])
                as step (transition_id, alert_id, step, to_state, at, by, how, note, until)
            """)
        .params(
            array("uuid", transitions, AlertTransition::id),
            array("uuid", transitions, AlertTransition::alertId),
            array("integer", transitions, AlertTransition::step),
            array("text", transitions, it -> it.to().name()),
            array("timestamptz", transitions, AlertTransition::at),
            array("text", transitions, AlertTransition::by),
            array("text", transitions, it -> it.how() == null ? null : it.how().name()),
            array("text", transitions, AlertTransition::note),
            array("timestamptz", transitions, AlertTransition::until))
        .update();
  }

  @Override
  public List<AlertTransition> transitions(UUID alert) {
    return jdbc.sql("select * from alert_transition where alert_id = ? order by step")
        .param(alert)
        .query((row, _) -> AlertRow.transition(row))
        .list();
  }

  @Override
  public List<Held> heldByRule(UUID rule) {
    return jdbc.sql(
            """
            select alert_id, rule_id, kind, subject_id from alert
             where rule_id = ? and holds and wallet_id is null
            """)
        .param(rule)
        .query((row, _) -> AlertRow.held(row))
        .list();
  }

  @Override
  public Map<UUID, Long> openedSince(Set<UUID> rules, Instant time) {
    var found = new HashMap<UUID, Long>();
    jdbc.sql(
            """
            select rule_id, count(*) as opened from alert
             where rule_id = any ((select ?::uuid[])::uuid[]) and wallet_id is not null
               and opened_at > ?
             group by rule_id
            """)
        .param(array("uuid", rules, id -> id))
        .param(timestamp(time))
        .query(
            row -> {
              found.put(uuid(row, "rule_id"), row.getLong("opened"));
            });
    return found;
  }

  @Override
  public Set<UUID> rulesInTrouble() {
    return jdbc
        .sql("select rule_id from alert where holds and kind in ('STORM', 'ENGINE_ERROR')")
        .query(UUID.class)
        .list()
        .stream()
        .collect(Collectors.toUnmodifiableSet());
  }

  @Override
  public List<Held> holding(@Nullable UUID after, int limit) {
    return jdbc.sql(
            """
            select alert_id, rule_id, kind, subject_id from alert
             where holds and wallet_id is not null and alert_id > ?
             order by alert_id
             limit ?
            """)
        .params(after == null ? BEFORE_ALL : after, limit)
        .query((row, _) -> AlertRow.held(row))
        .list();
  }

  @Override
  public Optional<Alert> find(UUID id, Visibility visibility) {
    return jdbc.sql(
            """
            select * from alert
             where alert_id = :id
               and (:visible::uuid[] is null or connections <@ :visible::uuid[])
            """)
        .param("id", id)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> AlertRow.read(row))
        .optional();
  }

  /** Only what is asked for is part of the statement, so that each has the plan that suits it. */
  @Override
  public Page<Alert> page(Query query) {
    var where =
        new StringBuilder(
            "alert_id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')");
    add(where, query.visibility().connections(), "connections <@ :visible::uuid[]");
    add(where, query.rule(), "rule_id = :rule");
    add(where, query.wallet(), "wallet_id = :wallet");
    add(where, query.connection(), "connection_id = :connection");
    add(where, query.kind(), "kind = '" + query.kind() + "'");
    add(where, query.severity(), "severity = '" + query.severity() + "'");
    if (!query.states().isEmpty()) {
      where.append(
          query.states().stream()
              .map(State::name)
              .collect(Collectors.joining("', '", " and state in ('", "')")));
      add(where, query.states().contains(State.RESOLVED) ? null : "", "state <> 'RESOLVED'");
    }
    return Page.of(
        jdbc.sql("select * from alert where " + where + " order by alert_id desc limit :limit")
            .param("before", query.before())
            .param("visible", uuids(query.visibility().connections()))
            .param("rule", query.rule())
            .param("wallet", query.wallet() == null ? null : query.wallet().value())
            .param("connection", query.connection() == null ? null : query.connection().value())
            .param("limit", query.limit() + 1)
            .query((row, _) -> AlertRow.read(row))
            .list(),
        query.limit());
  }

  private static void add(StringBuilder where, @Nullable Object given, String condition) {
    if (given != null) {
      where.append(" and ").append(condition);
    }
  }

  @Override
  public List<Figure> figures() {
    return jdbc.sql(
            """
            select kind, severity, count(*) as unresolved from alert
             where state <> 'RESOLVED'
             group by kind, severity
            """)
        .query(
            (row, _) ->
                new Figure(
                    AlertKind.valueOf(row.getString("kind")),
                    Severity.valueOf(row.getString("severity")),
                    row.getLong("unresolved")))
        .list();
  }
}
