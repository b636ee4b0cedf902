package io.walletsync.core.delivery;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.SubscriptionAudit;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import java.util.UUID;

/** Use case: send one message again, under its old id and with its old text, from the first try. */
public final class ReplayDelivery {
  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final Transactions transactions;
  private final SubscriptionAudit audit;

  public ReplayDelivery(
      Subscriptions subscriptions,
      Deliveries deliveries,
      Transactions transactions,
      Auditor auditor) {
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
  }

  public Outcome replay(Command command) {
    return transactions.inTransaction(
        () ->
            subscriptions
                .find(command.subscription(), command.visibility())
                .map(found -> replay(command, found))
                .orElseGet(Outcome.UnknownSubscription::new));
  }

  private Outcome replay(Command command, Subscription subscription) {
    if (!subscription.isTold()) {
      return new Outcome.Disabled();
    }
    if (!deliveries.replay(subscription.id(), command.event())) {
      return new Outcome.UnknownDelivery();
    }
    audit.append(
        command.actor(),
        "replay_delivery_of",
        subscription,
        "replayed",
        "event_id",
        command.event().toString());
    return deliveries
        .find(subscription.id(), command.event())
        .<Outcome>map(Outcome.Replayed::new)
        .orElseGet(Outcome.UnknownDelivery::new);
  }

  /** Which one. */
  public record Command(Actor actor, Visibility visibility, UUID subscription, UUID event) {}

  /** What came of it. */
  public sealed interface Outcome {
    record Replayed(Delivery delivery) implements Outcome {}

    record UnknownSubscription() implements Outcome {}

    record UnknownDelivery() implements Outcome {}

    /** Nothing is sent to it until a person enables it. */
    record Disabled() implements Outcome {}
  }
}
