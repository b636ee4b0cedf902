package io.walletsync.core.subscription;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.subscription.Subscription.State;
import io.walletsync.core.wallet.Visibility;
import java.time.InstantSource;
import java.util.Optional;
import java.util.UUID;

/** Use case: let a subscription go on that was disabled or paused; what waits is sent. */
public final class EnableSubscription {
  private final Subscriptions subscriptions;
  private final Transactions transactions;
  private final SubscriptionAudit audit;
  private final InstantSource clock;

  public EnableSubscription(
      Subscriptions subscriptions,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
    this.clock = clock;
  }

  /** As it is now; empty where the caller sees none of that id. */
  public Optional<Subscription> enable(Command command) {
    return transactions.inTransaction(
        () ->
            subscriptions
                .lock(command.id(), command.visibility())
                .map(locked -> enable(command, locked)));
  }

  private Subscription enable(Command command, Subscription before) {
    if (before.state() == State.ACTIVE) {
      return before;
    }
    var enabled = before.as(State.ACTIVE, null, Microseconds.cut(clock.instant()));
    subscriptions.update(enabled);
    audit.append(
        command.actor(), "enable", enabled, "enabled", "state_before", before.state().code());
    return subscriptions.find(before.id(), command.visibility()).orElse(enabled);
  }

  /** Which one. */
  public record Command(Actor actor, Visibility visibility, UUID id) {}
}
