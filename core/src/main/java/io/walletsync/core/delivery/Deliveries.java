package io.walletsync.core.delivery;

import io.walletsync.core.delivery.Delivery.Attempt;
import io.walletsync.core.delivery.Delivery.Claim;
import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.kernel.Page;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Driven port: what is to be told to whom, and how that went. The database's clock decides what is
 * due; who dies with a claim is taken over when its lease ends, and is fenced.
 */
public interface Deliveries {
  /** Keeps new ones in the caller's open transaction, due now; those that are there stay. */
  void add(Collection<Draft> drafts);

  /**
   * Keeps them in the caller's open transaction and makes them due now, those that are there and
   * settled included. What is sent of those stays what it was.
   */
  void replay(Collection<Draft> drafts);

  /** Makes one due now in the caller's open transaction; false where there is none. */
  boolean replay(UUID subscription, UUID event);

  /** Subscriptions that go on, are not to be left alone and have something due. */
  Set<UUID> due(int atMost);

  /** Claims what is due for one of them, oldest first. What others are claiming is passed over. */
  List<Claim> claim(UUID subscription, int atMost, Duration leaseFor);

  /**
   * Notes attempts in the caller's open transaction, and what becomes of the deliveries. Returns
   * the claims that still held: nothing is noted of any other.
   */
  Set<UUID> settle(List<Settled> settled);

  Optional<Delivery> find(UUID subscription, UUID event);

  /** Oldest first. */
  List<Attempt> attempts(UUID subscription, UUID event);

  /** Lists those of a subscription, newest event first. */
  Page<Delivery> page(Query query);

  /**
   * Forgets settled ones that are older, with their attempts, and what is left of subscriptions
   * that are gone; returns how many.
   */
  int forgetSettled(Duration delivered, Duration dead, int atMost);

  /**
   * Gives up what paused subscriptions were to be told for longer than this, oldest first; returns
   * how much. It can be replayed like all that is dead.
   */
  int giveUpPaused(Duration dueFor, int atMost);

  Figures figures();

  /**
   * How an attempt at a claim went.
   *
   * @param retryIn null where it was taken, or is given up
   */
  record Settled(Claim claim, Attempt attempt, Delivery.State state, @Nullable Duration retryIn) {}

  /**
   * How much there is.
   *
   * @param waiting of subscriptions that go on, due or not
   * @param paused kept for subscriptions that are paused
   * @param dead given up, not replayed and not forgotten
   * @param longestDue how long the most overdue of them is due; zero where none is
   */
  record Figures(long waiting, long paused, long dead, Duration longestDue) {}

  /**
   * What to list; null means any.
   *
   * @param before the event of the last one of the previous page
   */
  record Query(
      UUID subscription, Delivery.@Nullable State state, @Nullable UUID before, int limit) {}
}
