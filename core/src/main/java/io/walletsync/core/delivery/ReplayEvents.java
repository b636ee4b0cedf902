package io.walletsync.core.delivery;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Entry;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.SubscriptionAudit;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Use case: tell a subscription again what happened between two times, and what it was not told
 * then. Each keeps its id, so that who got it already knows it.
 */
public final class ReplayEvents {
  private static final Duration LONGEST = Duration.ofDays(31);

  /** In one call, which is one transaction. */
  private static final int MOST = 2_000;

  private static final int PAGE = 500;
  private static final int MOST_LOOKS = 20;

  /** The order of the outbox is nearly that of time: an event may stand so far from its time. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final Outbox outbox;
  private final Addressing addressing;
  private final Transactions transactions;
  private final SubscriptionAudit audit;

  public ReplayEvents(
      Subscriptions subscriptions,
      Deliveries deliveries,
      Outbox outbox,
      Wallets wallets,
      EventFormat format,
      Transactions transactions,
      Auditor auditor) {
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.outbox = outbox;
    this.addressing = new Addressing(wallets, format);
    this.transactions = transactions;
    this.audit = new SubscriptionAudit(auditor);
  }

  public Outcome replay(Command command) {
    return transactions.inTransaction(
        () ->
            subscriptions
                .find(command.subscription(), command.visibility())
                .map(found -> replay(command, found))
                .orElseGet(Outcome.Unknown::new));
  }

  private Outcome replay(Command command, Subscription subscription) {
    if (!subscription.isTold()) {
      return new Outcome.Disabled();
    }
    var place =
        command.after() == null ? outbox.before(command.from().minus(SLACK)) : command.after();
    var replayed = 0;
    for (var look = 0; look < MOST_LOOKS && replayed < MOST; look++) {
      var listed =
          outbox.list(
              new Query(subscription.limit(), subscription.filter().kinds(), null, place, PAGE));
      place = listed.next();
      var drafts = addressing.again(within(command, listed.entries()), subscription);
      deliveries.replay(drafts);
      replayed += drafts.size();
      if (!listed.hasMore() || isBeyond(command, listed.entries())) {
        return replayed(command, subscription, replayed, Optional.empty());
      }
    }
    return replayed(command, subscription, replayed, Optional.of(place));
  }

  private Outcome replayed(
      Command command, Subscription subscription, int replayed, Optional<Place> next) {
    audit.append(
        command.actor(),
        "replay_events_of",
        subscription,
        "replayed",
        "from",
        command.from().toString(),
        "to",
        command.to().toString(),
        "events",
        Integer.toString(replayed));
    return new Outcome.Replayed(replayed, next);
  }

  private static List<Entry> within(Command command, List<Entry> entries) {
    var within = new ArrayList<Entry>();
    for (var entry : entries) {
      var at = entry.notification().occurredAt();
      if (!at.isBefore(command.from()) && at.isBefore(command.to())) {
        within.add(entry);
      }
    }
    return within;
  }

  private static boolean isBeyond(Command command, List<Entry> entries) {
    return !entries.isEmpty()
        && entries.getLast().notification().occurredAt().isAfter(command.to().plus(SLACK));
  }

  /**
   * Which one, and of which time.
   *
   * @param to not of this moment or later
   * @param after where the call before ended; null for the first one
   */
  public record Command(
      Actor actor,
      Visibility visibility,
      UUID subscription,
      Instant from,
      Instant to,
      @Nullable Place after) {
    public Command {
      if (!from.isBefore(to) || Duration.between(from, to).compareTo(LONGEST) > 0) {
        throw new InvalidValue("must be later than from, by " + LONGEST.toDays() + " days at most");
      }
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    /**
     * So many events will be sent again.
     *
     * @param next where to go on; empty where all were
     */
    record Replayed(int events, Optional<Place> next) implements Outcome {}

    record Unknown() implements Outcome {}

    /** Nothing is sent to it until a person enables it. */
    record Disabled() implements Outcome {}
  }
}
