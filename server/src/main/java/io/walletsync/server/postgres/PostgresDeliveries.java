package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.array;
import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.delivery.Deliveries;
import io.walletsync.core.delivery.Delivery;
import io.walletsync.core.delivery.Delivery.Attempt;
import io.walletsync.core.delivery.Delivery.Claim;
import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.delivery.Delivery.State;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.notification.Notification;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Deliveries in PostgreSQL. A claim moves the time at which one is due to the end of its lease, so
 * that whoever dies is taken over without being looked for.
 */
final class PostgresDeliveries implements Deliveries {
  private final JdbcClient jdbc;

  PostgresDeliveries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public void add(Collection<Draft> drafts) {
    insert(drafts, "on conflict do nothing");
  }

  @Override
  public void replay(Collection<Draft> drafts) {
    insert(
        drafts,
        """
        on conflict (subscription_id, event_id) do update
           set state = 'WAITING', failures = 0, due_at = excluded.due_at,
               waiting_since = excluded.waiting_since, lease_token = null, settled_at = null
        """);
  }

  private void insert(Collection<Draft> drafts, String otherwise) {
    if (drafts.isEmpty()) {
      return;
    }
    jdbc.sql(
            """
            insert into delivery (
                     subscription_id, event_id, kind, occurred_at, payload, state, attempts,
                     failures, due_at, waiting_since, created_at)
            select subscription_id, event_id, kind, occurred_at, payload, 'WAITING', 0, 0,
                   clock_timestamp(), clock_timestamp(), clock_timestamp()
              from unnest((select ?::uuid[]), (select ?::uuid[]), (select ?::text[]),
                          (select ?::timestamptz[]), (select ?::text[]))
                as draft (subscription_id, event_id, kind, occurred_at, payload)
             order by subscription_id, event_id
            """
                + otherwise)
        .params(
            array("uuid", drafts, Draft::subscription),
            array("uuid", drafts, Draft::event),
            array("text", drafts, draft -> draft.kind().code()),
            array("timestamptz", drafts, Draft::occurredAt),
            array("text", drafts, Draft::payload))
        .update();
  }

  @Override
  public boolean replay(UUID subscription, UUID event) {
    return jdbc.sql(
                """
                update delivery
                   set state = 'WAITING', failures = 0, due_at = clock_timestamp(),
                       waiting_since = clock_timestamp(), lease_token = null, settled_at = null
                 where subscription_id = ? and event_id = ?
                """)
            .params(subscription, event)
            .update()
        == 1;
  }

  @Override
  public Set<UUID> due(int atMost) {
    return new HashSet<>(
        jdbc.sql(
                """
                select subscription_id from subscription
                 where state = 'ACTIVE' and removed_at is null
                   and (quiet_until is null or quiet_until <= statement_timestamp())
                   and exists (
                     select 1 from delivery
                      where delivery.subscription_id = subscription.subscription_id
                        and delivery.state = 'WAITING' and due_at <= statement_timestamp())
                 limit ?
                """)
            .param(atMost)
            .query((row, _) -> uuid(row, "subscription_id"))
            .list());
  }

  @Override
  public List<Claim> claim(UUID subscription, int atMost, Duration leaseFor) {
    return jdbc.sql(
            """
            with due as materialized (
              select event_id from delivery
               where subscription_id = :subscription and state = 'WAITING'
                 and due_at <= statement_timestamp()
               order by due_at
               limit :atMost
                 for update skip locked
            )
            update delivery
               set lease_token = gen_random_uuid(),
                   due_at = clock_timestamp() + :leaseFor * interval '1 millisecond'
             where subscription_id = :subscription and event_id in (select event_id from due)
            returning subscription_id, event_id, lease_token, failures, payload
            """)
        .param("subscription", subscription)
        .param("atMost", atMost)
        .param("leaseFor", leaseFor.toMillis())
        .query(
            (row, _) ->
                new Claim(
                    uuid(row, "subscription_id"),
                    uuid(row, "event_id"),
                    uuid(row, "lease_token"),
                    row.getInt("failures"),
                    row.getString("payload")))
        .list();
  }

  @Override
  public Set<UUID> settle(List<Settled> settled) {
    return new HashSet<>(
        jdbc.sql(
                """
                with tried as materialized (
                  select *
                    from unnest((select ?::uuid[]), (select ?::uuid[]), (select ?::uuid[]),
                                (select ?::text[]), (select ?::bigint[]),
                                (select ?::timestamptz[]), (select ?::bigint[]),
                                (select ?::integer[]), (select ?::text[]), (select ?::text[]))
                      as tried (subscription_id, event_id, token, next_state, retry_millis,
                                attempted_at, duration_millis, status, error, snippet)
                ), noted as (
                  update delivery
                     set state = next_state, attempts = attempts + 1,
                         failures = case when next_state = 'DELIVERED' then 0
                                         else failures + 1 end,
                         due_at = clock_timestamp() + retry_millis * interval '1 millisecond',
                         settled_at = case when next_state <> 'WAITING'
                                           then clock_timestamp() end,
                         lease_token = null
                    from tried
                   where delivery.subscription_id = tried.subscription_id
                     and delivery.event_id = tried.event_id and lease_token = token
                  returning delivery.subscription_id, delivery.event_id, attempts, attempted_at,
                            duration_millis, status, error, snippet
                ), logged as (
                  insert into delivery_attempt (
                           subscription_id, event_id, number, attempted_at, duration_millis,
                           status, error, snippet)
                  select * from noted
                )
                select event_id from noted
                """)
            .params(
                array("uuid", settled, it -> it.claim().subscription()),
                array("uuid", settled, it -> it.claim().event()),
                array("uuid", settled, it -> it.claim().token()),
                array("text", settled, it -> it.state().name()),
                array(
                    "bigint", settled, it -> it.retryIn() == null ? null : it.retryIn().toMillis()),
                array("timestamptz", settled, it -> it.attempt().at()),
                array("bigint", settled, it -> it.attempt().durationMillis()),
                array("integer", settled, it -> it.attempt().status()),
                array("text", settled, it -> it.attempt().error()),
                array("text", settled, it -> it.attempt().snippet()))
            .query((row, _) -> uuid(row, "event_id"))
            .list());
  }

  @Override
  public Optional<Delivery> find(UUID subscription, UUID event) {
    return jdbc.sql("select * from delivery where subscription_id = ? and event_id = ?")
        .params(subscription, event)
        .query((row, _) -> delivery(row))
        .optional();
  }

  @Override
  public List<Attempt> attempts(UUID subscription, UUID event) {
    return jdbc.sql(
            """
            select attempted_at, duration_millis, status, error, snippet from delivery_attempt
             where subscription_id = ? and event_id = ?
             order by number
            """)
        .params(subscription, event)
        .query(
            (row, _) ->
                new Attempt(
                    instant(row, "attempted_at"),
                    row.getLong("duration_millis"),
                    row.getObject("status", Integer.class),
                    row.getString("error"),
                    row.getString("snippet")))
        .list();
  }

  @Override
  public Page<Delivery> page(Query query) {
    var state = query.state() == null ? "" : " and state = '" + query.state() + "'";
    return Page.of(
        jdbc.sql(
                "select * from delivery where subscription_id = :subscription"
                    + state
                    + """
                       and event_id < coalesce(:before::uuid, 'ffffffff-ffff-ffff-ffff-ffffffffffff')
                     order by event_id desc
                     limit :limit
                    """)
            .param("subscription", query.subscription())
            .param("before", query.before())
            .param("limit", query.limit() + 1)
            .query((row, _) -> delivery(row))
            .list(),
        query.limit());
  }

  @Override
  public int forgetSettled(Duration delivered, Duration dead, int atMost) {
    var forgotten = forget(State.DELIVERED, delivered, atMost);
    if (forgotten < atMost) {
      forgotten += forget(State.DEAD, dead, atMost - forgotten);
    }
    return forgotten < atMost ? forgotten + forgetRemoved(atMost - forgotten) : forgotten;
  }

  /** By their places on the disk: so no plan reads the whole table, however few rows it has. */
  private int forget(State state, Duration after, int atMost) {
    return jdbc.sql(
            """
            delete from delivery
             where state = :state
               and ctid = any (array(
                 select ctid from delivery
                  where state = :state and settled_at is not null
                    and settled_at < statement_timestamp() - :after * interval '1 second'
                  order by settled_at
                  limit :atMost))
            """)
        .param("state", state.name())
        .param("after", after.toSeconds())
        .param("atMost", atMost)
        .update();
  }

  /** What is left of subscriptions that are removed, one after the other; then they go too. */
  private int forgetRemoved(int atMost) {
    var removed =
        jdbc.sql("select subscription_id from subscription where removed_at is not null limit 100")
            .query((row, _) -> uuid(row, "subscription_id"))
            .list();
    var forgotten = 0;
    for (var subscription : removed) {
      var rows =
          jdbc.sql(
                  """
                  delete from delivery
                   where subscription_id = :subscription
                     and event_id in (
                       select event_id from delivery
                        where subscription_id = :subscription
                        limit :atMost)
                  """)
              .param("subscription", subscription)
              .param("atMost", atMost - forgotten)
              .update();
      forgotten += rows;
      if (forgotten >= atMost) {
        return forgotten;
      }
      jdbc.sql(
              """
              delete from subscription
               where subscription_id = ? and removed_at < statement_timestamp() - interval '1 hour'
              """)
          .param(subscription)
          .update();
    }
    return forgotten;
  }

  /** By when it is due: for who is paused that is when it was kept, and stands in an index. */
  @Override
  public int giveUpPaused(Duration dueFor, int atMost) {
    return jdbc.sql(
            """
            with old as materialized (
              select subscription_id, event_id from delivery
               where state = 'WAITING'
                 and subscription_id = any (array(
                   select subscription_id from subscription
                    where state = 'PAUSED' and removed_at is null))
                 and due_at < statement_timestamp() - :dueFor * interval '1 millisecond'
               order by due_at
               limit :atMost
                 for update skip locked
            )
            update delivery
               set state = 'DEAD', due_at = null, settled_at = clock_timestamp(),
                   lease_token = null
              from old
             where delivery.subscription_id = old.subscription_id
               and delivery.event_id = old.event_id
            """)
        .param("dueFor", dueFor.toMillis())
        .param("atMost", atMost)
        .update();
  }

  @Override
  public Figures figures() {
    return jdbc.sql(
            """
            select (select count(*) from delivery
                     where state = 'WAITING'
                       and subscription_id in (
                         select subscription_id from subscription
                          where state = 'ACTIVE' and removed_at is null)) as waiting,
                   (select count(*) from delivery
                     where state = 'WAITING'
                       and subscription_id in (
                         select subscription_id from subscription
                          where state = 'PAUSED' and removed_at is null)) as paused,
                   (select count(*) from delivery where state = 'DEAD') as dead,
                   coalesce((
                     select (extract(epoch from max(statement_timestamp() - first_due))
                             * 1000)::bigint
                       from (select (select min(due_at) from delivery
                                      where delivery.subscription_id = subscription.subscription_id
                                        and delivery.state = 'WAITING') as first_due
                               from subscription
                              where state = 'ACTIVE' and removed_at is null
                                and (quiet_until is null
                                     or quiet_until <= statement_timestamp())) as active
                      where first_due <= statement_timestamp()), 0) as longest_due
            """)
        .query(
            (row, _) ->
                new Figures(
                    row.getLong("waiting"),
                    row.getLong("paused"),
                    row.getLong("dead"),
                    Duration.ofMillis(row.getLong("longest_due"))))
        .single();
  }

  private static Delivery delivery(ResultSet row) throws SQLException {
    return new Delivery(
        uuid(row, "subscription_id"),
        uuid(row, "event_id"),
        Notification.Kind.of(row.getString("kind")),
        instant(row, "occurred_at"),
        State.valueOf(row.getString("state")),
        row.getInt("attempts"),
        row.getInt("failures"),
        instantOrNull(row, "due_at"),
        instant(row, "created_at"),
        instantOrNull(row, "settled_at"));
  }
}
