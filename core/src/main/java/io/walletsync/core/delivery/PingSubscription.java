package io.walletsync.core.delivery;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Sender;
import io.walletsync.core.channel.Senders;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.SubscriptionAudit;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Use case: send a message that tells of nothing, now, and say what came of it. */
public final class PingSubscription {
  private static final String TYPE = "webhook.ping";
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Subscriptions subscriptions;
  private final Senders senders;
  private final Transactions transactions;
  private final SubscriptionAudit audit;
  private final Ids ids;
  private final InstantSource clock;

  public PingSubscription(
      Subscriptions subscriptions,
      Senders senders,
      Transactions transactions,
      Auditor auditor,
      Ids ids,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.senders = senders;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
    this.ids = ids;
    this.clock = clock;
  }

  public Outcome ping(Command command) {
    var found = subscriptions.find(command.id(), command.visibility());
    if (found.isEmpty()) {
      return new Outcome.Unknown();
    }
    var subscription = found.get();
    var id = ids.next();
    var at = Microseconds.cut(clock.instant());
    var begun = System.nanoTime();
    var reply =
        senders.send(
            subscription.channel(),
            new Sender.Message(
                id, at, payload(subscription, at), subscriptions.secrets(subscription.id())));
    var took = (System.nanoTime() - begun) / NANOS_PER_MILLI;
    transactions.inTransaction(
        () -> {
          audit.append(
              command.actor(),
              "ping",
              subscription,
              reply.isTaken() ? "delivered" : "failed",
              "result",
              reply.result().code());
          return reply;
        });
    return new Outcome.Pinged(id, at, took, reply);
  }

  private static String payload(Subscription subscription, Instant at) {
    return switch (subscription.channel().kind()) {
      case WEBHOOK ->
          Messages.payload(
              TYPE, at.toString(), "{\"subscription_id\":\"" + subscription.id() + "\"}");
      case SLACK, EMAIL ->
          "[WalletSync] Test message\n\nWhat: a test of this channel; nothing happened.\nWhen: "
              + at
              + "\nSubscription: "
              + subscription.id()
              + "\n";
    };
  }

  /** Which one. */
  public record Command(Actor actor, Visibility visibility, UUID id) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Pinged(UUID message, Instant at, long durationMillis, Reply reply) implements Outcome {}

    record Unknown() implements Outcome {}
  }
}
