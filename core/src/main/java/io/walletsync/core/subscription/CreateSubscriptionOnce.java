package io.walletsync.core.subscription;

import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.sync.SyncPolicy;
import io.walletsync.core.sync.SyncRequests;
import io.walletsync.core.sync.SyncRequests.Claim;
import io.walletsync.core.sync.SyncRequests.Lease;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Use case: create a subscription, and no second one where the answer was lost and the request is
 * repeated under its key. What is kept of the answer is its id alone: the secret is told once.
 */
public final class CreateSubscriptionOnce {
  private final CreateSubscription createSubscription;
  private final Subscriptions subscriptions;
  private final SyncRequests requests;
  private final Transactions transactions;
  private final SyncPolicy policy;

  public CreateSubscriptionOnce(
      CreateSubscription createSubscription,
      Subscriptions subscriptions,
      SyncRequests requests,
      Transactions transactions,
      SyncPolicy policy) {
    this.createSubscription = createSubscription;
    this.subscriptions = subscriptions;
    this.requests = requests;
    this.transactions = transactions;
    this.policy = policy;
  }

  public Outcome create(Command command) {
    var key = command.key();
    return key == null
        ? new Outcome.Done(createSubscription.create(command.what()))
        : transactions.inTransaction(() -> claimAndCreate(command, key));
  }

  private Outcome claimAndCreate(Command command, IdempotencyKey key) {
    var claim =
        requests.claim(
            new SyncRequests.Request(
                command.what().actor().id(),
                key,
                command.fingerprint(),
                null,
                policy.lease(),
                policy.keyRetention()));
    return switch (claim) {
      case Claim.Claimed(_, var lease) -> createClaimed(command, lease);
      case Claim.Answered(var id) -> replayed(command, UUID.fromString(id));
      case Claim.InFlight(var remaining) -> new Outcome.InFlight(remaining);
      case Claim.KeyReused() -> new Outcome.KeyReused();
      case Claim.NonceReused() -> throw new IllegalStateException("no nonce was to be burned");
    };
  }

  private Outcome createClaimed(Command command, @Nullable Lease lease) {
    var outcome = createSubscription.create(command.what());
    if (lease != null) {
      if (outcome instanceof CreateSubscription.Outcome.Created(var made, _)) {
        requests.complete(Map.of(lease, made.id().toString()));
      } else {
        requests.release(lease);
      }
    }
    return new Outcome.Done(outcome);
  }

  private Outcome replayed(Command command, UUID id) {
    return subscriptions
        .find(id, command.what().visibility())
        .<Outcome>map(Outcome.Replayed::new)
        .orElseGet(Outcome.Gone::new);
  }

  /**
   * What to create.
   *
   * @param key null where the caller gave none: then each request makes another one
   * @param fingerprint see {@link SyncRequests.Request}
   */
  public record Command(
      CreateSubscription.Command what, @Nullable IdempotencyKey key, String fingerprint) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** It was tried now. */
    record Done(CreateSubscription.Outcome outcome) implements Outcome {}

    /** It was made before, and is as it is now. */
    record Replayed(Subscription subscription) implements Outcome {}

    /** It was made before and was removed since. */
    record Gone() implements Outcome {}

    /** Somebody is working on it, for at most this long. */
    record InFlight(Duration leaseRemaining) implements Outcome {}

    /** The key was used for another request. */
    record KeyReused() implements Outcome {}
  }
}
