package io.walletsync.core.subscription;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Visibility;
import java.util.UUID;

/** Use case: tell somebody nothing any more, not even what waits for them. */
public final class RemoveSubscription {
  private final Subscriptions subscriptions;
  private final Transactions transactions;
  private final SubscriptionAudit audit;

  public RemoveSubscription(
      Subscriptions subscriptions, Transactions transactions, Auditor auditor) {
    this.subscriptions = subscriptions;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
  }

  /** False where the caller sees none of that id. */
  public boolean remove(Command command) {
    return transactions.inTransaction(
        () -> {
          var found = subscriptions.lock(command.id(), command.visibility());
          found.ifPresent(
              subscription -> {
                subscriptions.remove(subscription);
                audit.append(command.actor(), "remove", subscription, "removed");
              });
          return found.isPresent();
        });
  }

  /** Which one. */
  public record Command(Actor actor, Visibility visibility, UUID id) {}
}
