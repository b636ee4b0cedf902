package io.walletsync.core.subscription;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.WebhookSecret;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.wallet.Visibility;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/**
 * Use case: give a webhook a new secret, while the one before still signs for a while. Again within
 * that time replaces the newer one, which nobody may have got, and keeps the older to its end.
 */
public final class RotateWebhookSecret {
  /** How long the secret before still signs if nobody says otherwise. */
  public static final Duration USUAL_OVERLAP = Duration.ofHours(24);

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final Subscriptions subscriptions;
  private final Transactions transactions;
  private final SubscriptionAudit audit;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public RotateWebhookSecret(
      Subscriptions subscriptions,
      Transactions transactions,
      Auditor auditor,
      InstantSource clock) {
    this.subscriptions = subscriptions;
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
    this.clock = clock;
  }

  public Outcome rotate(Command command) {
    return transactions.inTransaction(
        () ->
            subscriptions
                .lock(command.id(), command.visibility())
                .map(locked -> rotate(command, locked))
                .orElseGet(Outcome.Unknown::new));
  }

  private Outcome rotate(Command command, Subscription subscription) {
    if (subscription.channel().kind() != Channel.Kind.WEBHOOK) {
      return new Outcome.NotSigned();
    }
    var secret = WebhookSecret.random(random);
    var previousExpiresAt =
        subscriptions.addSecret(
            subscription.id(), secret, Microseconds.cut(clock.instant()).plus(command.overlap()));
    audit.append(
        command.actor(),
        "rotate_secret_of",
        subscription,
        "rotated",
        "previous_expires_at",
        previousExpiresAt.toString());
    return new Outcome.Rotated(subscription, secret, previousExpiresAt);
  }

  /** Which one, and how long the secret before still signs: zero to seven days. */
  public record Command(Actor actor, Visibility visibility, UUID id, Duration overlap) {
    public Command {
      if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
        throw new InvalidValue("must be 0 to " + LONGEST_OVERLAP.toSeconds() + " seconds");
      }
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** The secret is told once and never again. */
    record Rotated(Subscription subscription, WebhookSecret secret, Instant previousExpiresAt)
        implements Outcome {}

    record Unknown() implements Outcome {}

    /** Messages for people are not signed. */
    record NotSigned() implements Outcome {}
  }
}
