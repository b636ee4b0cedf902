package io.walletsync.server.postgres;

import static io.walletsync.server.postgres.Columns.instant;
import static io.walletsync.server.postgres.Columns.instantOrNull;
import static io.walletsync.server.postgres.Columns.uuid;

import io.walletsync.core.channel.Channel;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscription.Health;
import io.walletsync.core.subscription.Subscription.Reason;
import io.walletsync.core.subscription.Subscription.State;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.server.postgres.SecretVault.Sealed;
import java.nio.charset.StandardCharsets;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A subscription out of its row; its address is opened for the row alone that it was sealed for.
 */
final class SubscriptionRow {
  static final String COLUMNS =
      """
      subscription_id, name, channel, target, sealed_by, filter, limited_to, state,
      disabled_reason, disabled_at, since_epoch as epoch, since_transaction::text as transaction,
      since_event as event_id, created_at, updated_at, last_success_at, last_failure_at,
      failing_since, quiet_until
      """;

  private static final Logger LOG = LoggerFactory.getLogger(SubscriptionRow.class);

  /** No name below this one ever leads anywhere (RFC 6761). */
  private static final String NOWHERE = "unreadable.invalid";

  private final SecretVault vault;
  private final Set<UUID> complained = ConcurrentHashMap.newKeySet();

  SubscriptionRow(SecretVault vault) {
    this.vault = vault;
  }

  Sealed seal(Subscription subscription) {
    var target =
        switch (subscription.channel()) {
          case Channel.Webhook(var url) -> url;
          case Channel.Slack(var url) -> url;
          case Channel.Email(var to) -> String.join(",", to);
        };
    return vault.seal(target.getBytes(StandardCharsets.UTF_8), boundTo(subscription.id()));
  }

  Subscription subscription(ResultSet row) throws SQLException {
    var id = uuid(row, "subscription_id");
    var sealed = new Sealed(row.getString("sealed_by"), row.getBytes("target"));
    var reason = row.getString("disabled_reason");
    return new Subscription(
        id,
        row.getString("name"),
        channel(Channel.Kind.valueOf(row.getString("channel")), id, sealed),
        FilterJson.read(row.getString("filter")),
        limit(row),
        State.valueOf(row.getString("state")),
        reason == null ? null : Reason.valueOf(reason),
        instantOrNull(row, "disabled_at"),
        place(row),
        instant(row, "created_at"),
        instant(row, "updated_at"),
        new Health(
            instantOrNull(row, "last_success_at"),
            instantOrNull(row, "last_failure_at"),
            instantOrNull(row, "failing_since"),
            instantOrNull(row, "quiet_until")));
  }

  /**
   * Where it goes. One that cannot be opened, for want of the key that sealed it, stays in the way
   * of nobody else: what it is told is kept, and nobody answers at the address that it gets
   * instead.
   */
  private Channel channel(Channel.Kind kind, UUID id, Sealed sealed) {
    try {
      return channel(kind, new String(vault.open(sealed, boundTo(id)), StandardCharsets.UTF_8));
    } catch (RuntimeException e) {
      if (complained.add(id)) {
        LOG.warn("The address of subscription {} cannot be opened", id, e);
      }
      return channel(
          kind, kind == Channel.Kind.EMAIL ? "unreadable@" + NOWHERE : "https://" + NOWHERE);
    }
  }

  static boolean isUnreadable(Channel channel) {
    return channel.masked().contains(NOWHERE);
  }

  private static Channel channel(Channel.Kind kind, String target) {
    return switch (kind) {
      case WEBHOOK -> new Channel.Webhook(target);
      case SLACK -> new Channel.Slack(target);
      case EMAIL -> new Channel.Email(List.of(target.split(",", -1)));
    };
  }

  private static Visibility limit(ResultSet row) throws SQLException {
    var array = row.getArray("limited_to");
    return array == null ? Visibility.ALL : new Visibility(Set.of((UUID[]) array.getArray()));
  }

  private static Place place(ResultSet row) throws SQLException {
    return PostgresBookmarks.place(row);
  }

  /** Sealed bytes moved to another row do not open there. */
  private static String boundTo(UUID id) {
    return "subscription/" + id;
  }
}
