package io.walletsync.core.delivery;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Reply.Result;
import io.walletsync.core.channel.Sender;
import io.walletsync.core.channel.Senders;
import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.delivery.Deliveries.Settled;
import io.walletsync.core.delivery.Delivery.Attempt;
import io.walletsync.core.delivery.Delivery.Claim;
import io.walletsync.core.delivery.Delivery.State;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscription.Reason;
import io.walletsync.core.subscription.SubscriptionAudit;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.function.Function;
import java.util.random.RandomGenerator;

/**
 * Use case: send what is due for one subscription, a few at once, and note how that went. Nothing
 * is open while a receiver is waited for, and one whose last answer was a failure is tried one at a
 * time, so that it costs little while it is away.
 */
public final class DeliverNotifications {
  /** Calls to one receiver that are under way on this node. */
  public static final int MOST_AT_ONCE = 8;

  /** Four times what a call may take: only a dead or very late node is ever taken over. */
  private static final Duration LEASE = Duration.ofSeconds(60);

  private static final long NANOS_PER_MILLI = 1_000_000;

  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final Senders senders;
  private final Transactions transactions;
  private final SubscriptionAudit audit;
  private final RetryPolicy policy;
  private final DeliveryObserver observer;
  private final ExecutorService threads;
  private final RandomGenerator random;
  private final InstantSource clock;

  public DeliverNotifications(
      Subscriptions subscriptions,
      Deliveries deliveries,
      Senders senders,
      Transactions transactions,
      Auditor auditor,
      RetryPolicy policy,
      DeliveryObserver observer,
      ExecutorService threads,
      RandomGenerator random,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.senders = senders;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
    this.policy = policy;
    this.observer = observer;
    this.threads = threads;
    this.random = random;
    this.clock = clock;
  }

  /** Some of what is due for a subscription, and no more where it is zero. */
  public Outcome deliver(Command command) {
    var found =
        subscriptions
            .find(command.subscription(), Visibility.ALL)
            .filter(it -> it.state() == Subscription.State.ACTIVE);
    if (found.isEmpty()) {
      return Outcome.NOTHING;
    }
    var subscription = found.get();
    var most = subscription.health().failingSince() == null ? MOST_AT_ONCE : 1;
    // before anything is claimed: what cannot be signed is not kept from others by a lease
    var secrets = subscriptions.secrets(subscription.id());
    var claims = deliveries.claim(subscription.id(), most, LEASE);
    if (claims.isEmpty()) {
      return Outcome.NOTHING;
    }
    var tried = sendAll(claims, claim -> send(subscription, claim, secrets));
    var held = transactions.inTransaction(() -> note(subscription, tried));
    tried.forEach(it -> observer.tried(subscription.channel().kind(), it.reply()));
    var taken = tried.stream().filter(it -> it.reply().isTaken()).count();
    return new Outcome(tried.size(), (int) taken, held.size());
  }

  private List<Tried> sendAll(List<Claim> claims, Function<Claim, Tried> send) {
    if (claims.size() == 1) {
      return List.of(send.apply(claims.getFirst()));
    }
    try {
      var calls = claims.stream().map(claim -> (Callable<Tried>) () -> send.apply(claim)).toList();
      return threads.invokeAll(calls).stream().map(DeliverNotifications::result).toList();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped while messages were sent", e);
    }
  }

  private static Tried result(Future<Tried> future) {
    try {
      return future.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new IllegalStateException("a message was sent and nothing is known of it", e);
    }
  }

  private Tried send(Subscription subscription, Claim claim, List<WebhookSecret> secrets) {
    var at = Microseconds.cut(clock.instant());
    var begun = System.nanoTime();
    var reply =
        senders.send(
            subscription.channel(),
            new Sender.Message(claim.event(), at, claim.payload(), secrets));
    var took = (System.nanoTime() - begun) / NANOS_PER_MILLI;
    var error = reply.isTaken() ? null : reply.result().code();
    return new Tried(claim, new Attempt(at, took, reply.status(), error, reply.snippet()), reply);
  }

  private Set<UUID> note(Subscription subscription, List<Tried> tried) {
    var held = deliveries.settle(tried.stream().map(this::settled).toList());
    var replies =
        tried.stream().filter(it -> held.contains(it.claim().event())).map(Tried::reply).toList();
    var refused = replies.stream().filter(reply -> !reply.isTaken()).toList();
    if (!refused.isEmpty()) {
      var busy = refused.stream().filter(reply -> reply.result() == Result.BUSY).findFirst();
      var failingFor =
          subscriptions.failed(
              subscription.id(), busy.map(reply -> policy.quiet(reply.retryAfter())).orElse(null));
      if (refused.stream().anyMatch(reply -> reply.result() == Result.GONE)) {
        disable(subscription, Reason.GONE);
      } else if (failingFor.compareTo(policy.disableAfter()) >= 0
          && refused.size() == replies.size()) {
        disable(subscription, Reason.FAILED_FOR_DAYS);
      }
    }
    if (refused.size() < replies.size()) {
      subscriptions.succeeded(subscription.id());
    }
    return held;
  }

  private Settled settled(Tried tried) {
    if (tried.reply().isTaken()) {
      return new Settled(tried.claim(), tried.attempt(), State.DELIVERED, null);
    }
    var wait =
        policy.after(tried.claim().failures() + 1, tried.reply().retryAfter(), random.nextDouble());
    return new Settled(
        tried.claim(),
        tried.attempt(),
        wait.isPresent() ? State.WAITING : State.DEAD,
        wait.orElse(null));
  }

  private void disable(Subscription subscription, Reason reason) {
    subscriptions
        .lock(subscription.id(), Visibility.ALL)
        .filter(Subscription::isTold)
        // what another address answered, which it had before, says nothing about this one
        .filter(it -> it.channel().equals(subscription.channel()))
        .ifPresent(
            locked -> {
              var at = Microseconds.cut(clock.instant());
              var disabled = locked.as(Subscription.State.DISABLED, reason, at);
              subscriptions.update(disabled);
              audit.append(
                  Actor.system("webhooks"),
                  "disable",
                  disabled,
                  "disabled",
                  "reason",
                  reason.code());
            });
  }

  /** One that was sent and what came of it. */
  private record Tried(Claim claim, Attempt attempt, Reply reply) {}

  /** Which subscription. */
  public record Command(UUID subscription) {}

  /**
   * What came of it.
   *
   * @param tried how many messages were sent
   * @param taken how many of them
   * @param noted of how many it counts; somebody else has the others by now
   */
  public record Outcome(int tried, int taken, int noted) {
    static final Outcome NOTHING = new Outcome(0, 0, 0);

    /** Whether there may be more, and the receiver takes it. */
    public boolean goesWell() {
      return tried > 0 && taken == tried && noted == tried;
    }
  }
}
