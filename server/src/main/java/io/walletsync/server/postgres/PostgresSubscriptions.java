package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.timestamp;
import static io.walletsync.server.postgres.Columns.timestampOrNull;
import static io.walletsync.server.postgres.Columns.uuids;

import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Subscriptions in PostgreSQL; one that is removed is a row until its deliveries are forgotten. */
final class PostgresSubscriptions implements Subscriptions {
  private static final String ALL =
      "select " + SubscriptionRow.COLUMNS + " from subscription where removed_at is null";
  private static final String SEEN =
      " and (:visible::uuid[] is null or limited_to <@ :visible::uuid[])";

  private final JdbcClient jdbc;
  private final SubscriptionRow rows;
  private final SubscriptionSecrets secrets;

  PostgresSubscriptions(JdbcClient jdbc, SecretVault vault) {
    this.jdbc = jdbc;
    this.rows = new SubscriptionRow(vault);
    this.secrets = new SubscriptionSecrets(jdbc, vault);
  }

  @Override
  public void add(Subscription subscription) {
    var sealed = rows.seal(subscription);
    var since = subscription.since();
    jdbc.sql(
            """
            insert into subscription (
                     subscription_id, name, channel, target, sealed_by, filter, limited_to, state,
                     since_epoch, since_transaction, since_event, created_at, updated_at)
            values (:id, :name, :channel, :target, :sealedBy, :filter::jsonb, :limit::uuid[],
                    :state, :epoch, :transaction::xid8, :event, :createdAt, :updatedAt)
            """)
        .param("id", subscription.id())
        .param("name", subscription.name())
        .param("channel", subscription.channel().kind().name())
        .param("target", sealed.bytes())
        .param("sealedBy", sealed.keyId())
        .param("filter", FilterJson.write(subscription.filter()))
        .param("limit", uuids(subscription.limit().connections()))
        .param("state", subscription.state().name())
        .param("epoch", since.epoch())
        .param("transaction", Long.toString(since.transaction()))
        .param("event", since.id())
        .param("createdAt", timestamp(subscription.createdAt()))
        .param("updatedAt", timestamp(subscription.updatedAt()))
        .update();
  }

  @Override
  public Optional<Subscription> find(UUID id, Visibility visibility) {
    return one(ALL + " and subscription_id = :id" + SEEN, id, visibility);
  }

  @Override
  public Optional<Subscription> lock(UUID id, Visibility visibility) {
    return one(ALL + " and subscription_id = :id" + SEEN + " for update", id, visibility);
  }

  private Optional<Subscription> one(String sql, UUID id, Visibility visibility) {
    return jdbc.sql(sql)
        .param("id", id)
        .param("visible", uuids(visibility.connections()))
        .query((row, _) -> rows.subscription(row))
        .optional();
  }

  @Override
  public void update(Subscription subscription) {
    var sealed = rows.seal(subscription);
    jdbc.sql(
            """
            update subscription
               set name = :name, filter = :filter::jsonb,
                   target = case when :isKnown then :target else target end,
                   sealed_by = case when :isKnown then :sealedBy else sealed_by end,
                   failing_since = case when state <> 'ACTIVE' and :state = 'ACTIVE'
                                        then null else failing_since end,
                   quiet_until = case when state <> 'ACTIVE' and :state = 'ACTIVE'
                                      then null else quiet_until end,
                   state = :state, disabled_reason = :reason, disabled_at = :disabledAt,
                   updated_at = :updatedAt
             where subscription_id = :id
            """)
        .param("id", subscription.id())
        .param("name", subscription.name())
        .param("target", sealed.bytes())
        .param("sealedBy", sealed.keyId())
        .param("isKnown", !SubscriptionRow.isUnreadable(subscription.channel()))
        .param("filter", FilterJson.write(subscription.filter()))
        .param("state", subscription.state().name())
        .param(
            "reason",
            subscription.disabledReason() == null ? null : subscription.disabledReason().name())
        .param("disabledAt", timestampOrNull(subscription.disabledAt()))
        .param("updatedAt", timestamp(subscription.updatedAt()))
        .update();
  }

  @Override
  public void remove(Subscription subscription) {
    secrets.forget(subscription.id());
    jdbc.sql(
            """
            update subscription
               set removed_at = clock_timestamp(), target = null, sealed_by = null
             where subscription_id = ?
            """)
        .param(subscription.id())
        .update();
  }

  @Override
  public Instant addSecret(UUID id, WebhookSecret secret, Instant previousExpiresAt) {
    return secrets.add(id, secret, previousExpiresAt);
  }

  @Override
  public List<WebhookSecret> secrets(UUID id) {
    return secrets.of(id);
  }

  @Override
  public Page<Subscription> page(Query query) {
    return Page.of(
        jdbc.sql(
                ALL
                    + SEEN
                    + """
                       and (:state::text is null or state = :state::text)
                       and (:before::uuid is null or subscription_id < :before::uuid)
                     order by subscription_id desc
                     limit :limit
                    """)
            .param("visible", uuids(query.visibility().connections()))
            .param("state", query.state() == null ? null : query.state().name())
            .param("before", query.before())
            .param("limit", query.limit() + 1)
            .query((row, _) -> rows.subscription(row))
            .list(),
        query.limit());
  }

  @Override
  public List<Subscription> told() {
    return jdbc.sql(ALL + " and state <> 'DISABLED'")
        .query((row, _) -> rows.subscription(row))
        .list();
  }

  @Override
  public long count() {
    return jdbc.sql("select count(*) from subscription where removed_at is null")
        .query(Long.class)
        .single();
  }

  /** A receiver that takes one message after the other is not written down for each of them. */
  @Override
  public void succeeded(UUID id) {
    jdbc.sql(
            """
            update subscription set last_success_at = clock_timestamp(), failing_since = null
             where subscription_id = ?
               and (failing_since is not null or last_success_at is null
                    or last_success_at < clock_timestamp() - interval '5 seconds')
            """)
        .param(id)
        .update();
  }

  @Override
  public Duration failed(UUID id, @Nullable Duration quietFor) {
    return jdbc.sql(
            """
            update subscription
               set last_failure_at = clock_timestamp(),
                   failing_since = coalesce(failing_since, clock_timestamp()),
                   quiet_until = coalesce(
                     clock_timestamp() + :quiet::bigint * interval '1 millisecond', quiet_until)
             where subscription_id = :id
            returning (extract(epoch from clock_timestamp() - failing_since) * 1000)::bigint
            """)
        .param("id", id)
        .param("quiet", quietFor == null ? null : quietFor.toMillis())
        .query(Long.class)
        .optional()
        .map(Duration::ofMillis)
        .orElse(Duration.ZERO);
  }

  @Override
  public List<Subscription> silentFor(Duration duration) {
    return jdbc.sql(
            ALL
                + """
                   and state <> 'PAUSED'
                   and coalesce(last_success_at, created_at)
                       < statement_timestamp() - :millis * interval '1 millisecond'
                   and (state = 'DISABLED'
                        or failing_since
                           < statement_timestamp() - :millis * interval '1 millisecond'
                        or exists (
                          select 1 from delivery
                           where delivery.subscription_id = subscription.subscription_id
                             and delivery.state = 'WAITING'
                             and waiting_since
                                 < statement_timestamp() - :millis * interval '1 millisecond')
                        or exists (
                          select 1 from delivery
                           where delivery.subscription_id = subscription.subscription_id
                             and delivery.state = 'DEAD'
                             and failures > 0
                             and settled_at > coalesce(last_success_at, '-infinity')
                             and waiting_since
                                 < statement_timestamp() - :millis * interval '1 millisecond'))
                 order by subscription_id
                """)
        .param("millis", duration.toMillis())
        .query((row, _) -> rows.subscription(row))
        .list();
  }
}
