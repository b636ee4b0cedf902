package io.walletsync.server.http.subscription;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.wallet.ProviderId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/**
 * A subscription.
 *
 * @param connectionIds of who made it, which limit it for ever; null where nothing does
 * @param secret shown this once, when it was just made
 */
@JsonNaming(SnakeCaseStrategy.class)
record SubscriptionJson(
    UUID subscriptionId,
    String name,
    ChannelJson channel,
    FilterJson filter,
    String status,
    @Nullable String disabledReason,
    @Nullable Instant disabledAt,
    @Nullable List<UUID> connectionIds,
    @Nullable Instant lastSuccessAt,
    @Nullable Instant lastFailureAt,
    @Nullable Instant failingSince,
    @Nullable Instant quietUntil,
    Instant createdAt,
    Instant updatedAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant previousSecretExpiresAt) {

  static SubscriptionJson of(Subscription subscription) {
    return of(subscription, null, null);
  }

  static SubscriptionJson of(
      Subscription it, @Nullable WebhookSecret secret, @Nullable Instant previousExpiresAt) {
    var reason = it.disabledReason();
    var limit = it.limit().connections();
    var health = it.health();
    return new SubscriptionJson(
        it.id(),
        it.name(),
        new ChannelJson(it.channel().kind().code(), it.channel().masked()),
        FilterJson.of(it.filter()),
        it.state().code(),
        reason == null ? null : reason.code(),
        it.disabledAt(),
        limit == null ? null : limit.stream().sorted().toList(),
        health.lastSuccessAt(),
        health.lastFailureAt(),
        health.failingSince(),
        health.quietUntil(),
        it.createdAt(),
        it.updatedAt(),
        secret == null ? null : secret.text(),
        previousExpiresAt);
  }

  @Override
  public String toString() {
    return "SubscriptionJson[" + subscriptionId + "]";
  }

  /**
   * Where it goes.
   *
   * @param address enough of it to be known again
   */
  record ChannelJson(String type, String address) {}

  /** What it is told; an empty condition is met by all. */
  @JsonNaming(SnakeCaseStrategy.class)
  record FilterJson(
      List<String> events,
      List<UUID> walletIds,
      List<UUID> connectionIds,
      List<String> providers,
      List<String> ownerIds,
      List<String> currencies,
      Map<String, String> metadata) {
    static FilterJson of(EventFilter filter) {
      return new FilterJson(
          filter.kinds().stream().map(Notification.Kind::code).sorted().toList(),
          filter.wallets().stream().sorted().toList(),
          filter.connections().stream().sorted().toList(),
          filter.providers().stream().map(ProviderId::value).sorted().toList(),
          filter.owners().stream().sorted().toList(),
          filter.currencies().stream().map(CurrencyCode::value).sorted().toList(),
          filter.metadata().entries());
    }
  }
}
