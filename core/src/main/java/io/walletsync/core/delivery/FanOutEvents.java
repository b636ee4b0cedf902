package io.walletsync.core.delivery;

import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Bookmarks.Held;
import io.walletsync.core.notification.EventFormat;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.notification.Outbox.Listed;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.notification.Outbox.Query;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import io.walletsync.core.wallet.Wallets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

/**
 * Use case: keep of what happened what each subscription is to be told. The deliveries and the
 * bookmark are one transaction, so no event is left out and none is kept twice, whoever dies when.
 */
public final class FanOutEvents {
  /** Of the bookmark. */
  public static final String READER = "subscriptions";

  private static final Duration LEASE = Duration.ofSeconds(30);
  private static final int BATCH = 500;

  /** In one statement, however many subscriptions there are. */
  private static final int MOST_DELIVERIES = 5_000;

  private final Outbox outbox;
  private final Bookmarks bookmarks;
  private final Subscriptions subscriptions;
  private final Deliveries deliveries;
  private final Addressing addressing;
  private final Transactions transactions;

  public FanOutEvents(
      Outbox outbox,
      Bookmarks bookmarks,
      Subscriptions subscriptions,
      Deliveries deliveries,
      Wallets wallets,
      EventFormat format,
      Transactions transactions) {
    this.outbox = outbox;
    this.bookmarks = bookmarks;
    this.subscriptions = subscriptions;
    this.deliveries = deliveries;
    this.addressing = new Addressing(wallets, format);
    this.transactions = transactions;
  }

  public Outcome fanOut(Command command) {
    var place = bookmarks.find(READER);
    if (place.isPresent() && place.get().equals(outbox.end())) {
      return new Outcome.Done(0); // without a write, as most of the time
    }
    return bookmarks
        .take(READER, place.orElseGet(this::start), LEASE)
        .map(held -> readOnOrGiveBack(held, command))
        .orElseGet(Outcome.SomebodyElse::new);
  }

  /** Whoever fails must not keep the bookmark from a node that may not. */
  private Outcome readOnOrGiveBack(Held held, Command command) {
    try {
      return readOn(held, command);
    } catch (RuntimeException e) {
      bookmarks.giveBack(held, e);
      throw e;
    }
  }

  /** No more events at once than make so many deliveries; without anybody to tell, none. */
  private static Listed cut(Listed listed, int subscriptions) {
    if (subscriptions == 0) {
      return new Listed(List.of(), listed.next(), listed.hasMore());
    }
    var most = Math.max(1, MOST_DELIVERIES / subscriptions);
    if (listed.entries().size() <= most) {
      return listed;
    }
    var kept = listed.entries().subList(0, most);
    return new Listed(kept, kept.getLast().place(), true);
  }

  /** The end is looked at first: who comes after that begins behind it. */
  private Place start() {
    var end = outbox.end();
    return Stream.concat(Stream.of(end), subscriptions.told().stream().map(Subscription::since))
        .min(Place::compareTo)
        .orElse(end);
  }

  private Outcome readOn(Held first, Command command) {
    var held = first;
    var kept = 0;
    while (true) {
      // events first, subscriptions after: who subscribed before an event is found
      var found = listed(held);
      var told = subscriptions.told();
      var listed = cut(found, told.size());
      var drafts = addressing.fresh(listed.entries(), told);
      if (!listed.next().equals(held.place()) && !keep(drafts, held, listed.next())) {
        return new Outcome.SomebodyElse();
      }
      held = held.at(listed.next());
      kept += drafts.size();
      if (!listed.hasMore() || command.isStopping().getAsBoolean()) {
        bookmarks.release(held);
        return new Outcome.Done(kept);
      }
    }
  }

  private Listed listed(Held held) {
    return outbox.list(new Query(Visibility.ALL, Set.of(), null, held.place(), BATCH));
  }

  /** False where somebody else has the bookmark by now: then nothing is kept. */
  private boolean keep(List<Draft> drafts, Held held, Place next) {
    try {
      return transactions.inTransaction(
          () -> {
            deliveries.add(drafts);
            if (!bookmarks.move(held, next, LEASE)) {
              throw new LeaseLost();
            }
            return true;
          });
    } catch (LeaseLost _) {
      return false;
    }
  }

  /** Undoes what was done behind the back of whoever has the bookmark. */
  private static final class LeaseLost extends RuntimeException {}

  /** One round, which ends early where the node is stopping. */
  public record Command(BooleanSupplier isStopping) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** All that could be read was; so many deliveries are new. */
    record Done(int kept) implements Outcome {}

    /** Another node reads on. */
    record SomebodyElse() implements Outcome {}
  }
}
