package io.walletsync.core.subscription;

import io.walletsync.core.Examples;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.subscription.Subscription.Health;
import io.walletsync.core.subscription.Subscription.State;
import io.walletsync.core.wallet.Visibility;
import java.util.Set;
import java.util.UUID;

/** Ordinary subscriptions and what is kept for them. */
public final class SubscriptionExample {
  private SubscriptionExample() {}

  public static Subscription subscription() {
    return subscription(new Channel.Webhook("https://example.com/hooks?token=x"), Visibility.ALL);
  }

  public static Subscription subscription(Channel channel, Visibility limit) {
    return new Subscription(
        Examples.id(),
        "Ledger",
        channel,
        EventFilter.ALL,
        limit,
        State.ACTIVE,
        null,
        null,
        Place.START,
        Examples.MORNING,
        Examples.MORNING,
        Health.UNKNOWN);
  }

  public static Visibility only(UUID connection) {
    return new Visibility(Set.of(connection));
  }

  public static Draft draft(Subscription subscription) {
    return draft(subscription, Examples.id());
  }

  public static Draft draft(Subscription subscription, UUID event) {
    return new Draft(
        subscription.id(), event, Kind.BALANCE_CHANGED, Examples.MORNING, "{\"naïve\":\"₦\"}");
  }
}
