package io.walletsync.core.subscription;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Senders;
import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.EventFilter;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.subscription.Subscription.Health;
import io.walletsync.core.subscription.Subscription.State;
import io.walletsync.core.wallet.Visibility;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Use case: have somebody told of everything that happens from now on. */
public final class CreateSubscription {
  /** Each is looked at for every event. */
  public static final int MOST = 200;

  private final Subscriptions subscriptions;
  private final Outbox outbox;
  private final Senders senders;
  private final Transactions transactions;
  private final SubscriptionAudit audit;
  private final Ids ids;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public CreateSubscription(
      Subscriptions subscriptions,
      Outbox outbox,
      Senders senders,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.outbox = outbox;
    this.senders = senders;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
    this.ids = ids;
    this.clock = clock;
  }

  public Outcome create(Command command) {
    if (!senders.isReady(command.channel().kind())) {
      return new Outcome.NoSuchChannel();
    }
    return transactions.inTransaction(
        () -> subscriptions.count() < MOST ? created(command) : new Outcome.TooMany());
  }

  private Outcome created(Command command) {
    var now = Microseconds.cut(clock.instant());
    var subscription =
        new Subscription(
            ids.next(),
            command.name(),
            command.channel(),
            command.filter(),
            command.visibility(),
            State.ACTIVE,
            null,
            null,
            outbox.end(),
            now,
            now,
            Health.UNKNOWN);
    subscriptions.add(subscription);
    var secret = secret(subscription.id(), command.channel().kind());
    audit.append(command.actor(), "create", subscription, "created");
    return new Outcome.Created(subscription, secret);
  }

  /** Only a webhook is signed. */
  private @Nullable WebhookSecret secret(UUID subscription, Channel.Kind channel) {
    if (channel != Channel.Kind.WEBHOOK) {
      return null;
    }
    var secret = WebhookSecret.random(random);
    subscriptions.addSecret(subscription, secret, clock.instant());
    return secret;
  }

  /** Who is told of what; nothing that the caller could not see. */
  public record Command(
      Actor actor, Visibility visibility, String name, Channel channel, EventFilter filter) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** The secret of a webhook is told once and never again; null for others. */
    record Created(Subscription subscription, @Nullable WebhookSecret secret) implements Outcome {}

    /** This server is not set up to send so. */
    record NoSuchChannel() implements Outcome {}

    record TooMany() implements Outcome {}
  }
}
