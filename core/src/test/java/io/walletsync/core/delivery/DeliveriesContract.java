package io.walletsync.core.delivery;

import static io.walletsync.core.subscription.SubscriptionExample.draft;
import static io.walletsync.core.subscription.SubscriptionExample.subscription;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.delivery.Deliveries.Query;
import io.walletsync.core.delivery.Deliveries.Settled;
import io.walletsync.core.delivery.Delivery.Attempt;
import io.walletsync.core.delivery.Delivery.Claim;
import io.walletsync.core.delivery.Delivery.Draft;
import io.walletsync.core.delivery.Delivery.State;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscriptions;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link Deliveries} keeps: each once, and to one at a time. */
public interface DeliveriesContract {
  Duration LEASE = Duration.ofMinutes(10);
  Duration OVER = Duration.ofMillis(-1);

  Transactions transactions();

  Subscriptions subscriptions();

  Deliveries deliveries();

  @Test
  default void whatIsKeptTwiceIsThereOnceAndAsItWasFirst() {
    var subscription = added();
    var draft = draft(subscription);
    add(draft);
    add(new Draft(draft.subscription(), draft.event(), draft.kind(), draft.occurredAt(), "other"));

    var claims = claim(subscription, 10, LEASE);

    assertThat(claims).hasSize(1);
    assertThat(claims.getFirst().payload()).isEqualTo(draft.payload());
    assertThat(deliveries().find(subscription.id(), draft.event()))
        .get()
        .satisfies(
            it -> {
              assertThat(it.kind()).isEqualTo(draft.kind());
              assertThat(it.occurredAt()).isEqualTo(draft.occurredAt());
              assertThat(it.state()).isEqualTo(State.WAITING);
            });
  }

  @Test
  default void whatIsClaimedIsNotDueUntilItsLeaseEnds() {
    var subscription = added();
    add(draft(subscription));
    assertThat(due()).contains(subscription.id());

    assertThat(claim(subscription, 10, OVER)).hasSize(1);
    assertThat(claim(subscription, 10, LEASE)).hasSize(1);

    assertThat(due()).doesNotContain(subscription.id());
    assertThat(claim(subscription, 10, LEASE)).isEmpty();
  }

  @Test
  default void ofManyWhoClaimAtOnceEachGetsOthers() {
    var subscription = added();
    var drafts = Stream.generate(() -> draft(subscription)).limit(40).toList();
    in(
        () -> {
          deliveries().add(drafts);
          return drafts;
        });

    var claimed =
        Concurrently.call(8, _ -> claim(subscription, 10, LEASE)).stream()
            .flatMap(List::stream)
            .map(Claim::event)
            .toList();

    assertThat(claimed).doesNotHaveDuplicates().hasSizeGreaterThanOrEqualTo(10);
  }

  @Test
  default void whoIsLateIsFencedAndNotesNothing() {
    var subscription = added();
    var event = add(draft(subscription));
    var late = claim(subscription, 1, OVER).getFirst();
    var next = claim(subscription, 1, LEASE).getFirst();

    assertThat(settle(settled(late, State.DEAD, null))).isEmpty();
    assertThat(state(subscription, event)).isEqualTo(State.WAITING);
    assertThat(deliveries().attempts(subscription.id(), event)).isEmpty();

    assertThat(settle(settled(next, State.DELIVERED, null))).containsExactly(event);
    assertThat(settle(settled(late, State.WAITING, Duration.ZERO))).isEmpty();
    assertThat(state(subscription, event)).isEqualTo(State.DELIVERED);
  }

  @Test
  default void countsFailuresAndComesAgainWhenItIsTime() {
    var subscription = added();
    var event = add(draft(subscription));

    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.WAITING, Duration.ZERO));
    var again = claim(subscription, 1, LEASE).getFirst();
    assertThat(again.failures()).isEqualTo(1);
    settle(settled(again, State.WAITING, Duration.ofHours(1)));

    assertThat(claim(subscription, 1, LEASE)).isEmpty();
    var delivery = deliveries().find(subscription.id(), event).orElseThrow();
    assertThat(delivery.attempts()).isEqualTo(2);
    assertThat(delivery.failures()).isEqualTo(2);
    assertThat(delivery.dueAt()).isNotNull();
    assertThat(deliveries().attempts(subscription.id(), event))
        .containsExactly(attempt(), attempt());
  }

  @Test
  default void whatIsReplayedBeginsAnewWithItsOldText() {
    var subscription = added();
    var draft = draft(subscription);
    var event = add(draft);
    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.DEAD, null));
    assertThat(claim(subscription, 1, LEASE)).isEmpty();

    assertThat(in(() -> deliveries().replay(subscription.id(), event))).isTrue();
    assertThat(in(() -> deliveries().replay(subscription.id(), Examples.id()))).isFalse();

    var claim = claim(subscription, 1, LEASE).getFirst();
    assertThat(claim.payload()).isEqualTo(draft.payload());
    assertThat(claim.failures()).isZero();
    // while somebody is at it: that one's outcome is of no interest any more
    in(() -> deliveries().replay(subscription.id(), event));
    assertThat(settle(settled(claim, State.DELIVERED, null))).isEmpty();
    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.DELIVERED, null));
    assertThat(deliveries().find(subscription.id(), event).orElseThrow().attempts()).isEqualTo(2);
  }

  @Test
  default void aReplayKeepsWhatWasNotThereYet() {
    var subscription = added();
    var old = draft(subscription);
    var event = add(old);
    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.DELIVERED, null));
    var missed = draft(subscription);
    var rewritten =
        new Draft(old.subscription(), event, old.kind(), old.occurredAt(), "written otherwise");

    in(
        () -> {
          deliveries().replay(List.of(rewritten, missed));
          return missed;
        });

    assertThat(claim(subscription, 10, LEASE))
        .extracting(Claim::event, Claim::payload)
        .containsExactlyInAnyOrder(
            tuple(event, old.payload()), tuple(missed.event(), missed.payload()));
  }

  @Test
  default void nothingIsDueForWhoIsPausedOrWantsToBeLeftAlone() {
    var paused = added();
    var quiet = added();
    add(draft(paused));
    add(draft(quiet));
    assertThat(due()).contains(paused.id(), quiet.id());

    in(
        () -> {
          subscriptions().update(paused.as(Subscription.State.PAUSED, null, Examples.MORNING));
          return subscriptions().failed(quiet.id(), Duration.ofHours(1));
        });

    assertThat(due()).doesNotContain(paused.id(), quiet.id());
  }

  @Test
  default void listsTheNewestFirst() {
    var subscription = added();
    var first = add(draft(subscription));
    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.DEAD, null));
    var second = add(draft(subscription));
    var third = add(draft(subscription));

    var page = deliveries().page(new Query(subscription.id(), null, null, 2));
    assertThat(page.items()).extracting(Delivery::event).containsExactly(third, second);
    assertThat(page.hasMore()).isTrue();
    assertThat(deliveries().page(new Query(subscription.id(), null, second, 2)).items())
        .extracting(Delivery::event)
        .containsExactly(first);
    assertThat(deliveries().page(new Query(subscription.id(), State.DEAD, null, 2)).items())
        .extracting(Delivery::event)
        .containsExactly(first);
  }

  @Test
  default void forgetsWhatIsOldAndSettled() {
    var subscription = added();
    var delivered = add(draft(subscription));
    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.DELIVERED, null));
    var dead = add(draft(subscription));
    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.DEAD, null));
    var waiting = add(draft(subscription));
    var day = Duration.ofDays(1);

    deliveries().forgetSettled(day, day, 1_000);
    assertThat(deliveries().find(subscription.id(), delivered)).isPresent();
    deliveries().forgetSettled(day.negated(), day, 1_000);

    assertThat(deliveries().find(subscription.id(), delivered)).isEmpty();
    assertThat(deliveries().find(subscription.id(), dead)).isPresent();
    deliveries().forgetSettled(day.negated(), day.negated(), 1_000);
    assertThat(deliveries().find(subscription.id(), dead)).isEmpty();
    assertThat(deliveries().find(subscription.id(), waiting)).isPresent();
  }

  @Test
  default void tellsHowMuchThereIs() {
    var before = deliveries().figures();
    var subscription = added();
    add(draft(subscription));
    add(draft(subscription));
    settle(settled(claim(subscription, 1, LEASE).getFirst(), State.DEAD, null));

    var figures = deliveries().figures();

    assertThat(figures.waiting()).isEqualTo(before.waiting() + 1);
    assertThat(figures.dead()).isEqualTo(before.dead() + 1);
    assertThat(figures.longestDue()).isGreaterThanOrEqualTo(Duration.ZERO);
  }

  @Test
  default void whatIsKeptForWhoIsPausedIsGivenUpInTheEndAndCanBeReplayed() {
    var day = Duration.ofDays(1);
    var active = added();
    var paused = added();
    var underWay = draft(paused);
    var kept = draft(paused);
    add(draft(active));
    add(underWay);
    claim(paused, 1, LEASE);
    add(kept);
    var before = deliveries().figures();
    in(
        () -> {
          subscriptions().update(paused.as(Subscription.State.PAUSED, null, Examples.MORNING));
          return paused;
        });
    assertThat(deliveries().figures().paused()).isEqualTo(before.paused() + 2);
    assertThat(deliveries().figures().waiting()).isEqualTo(before.waiting() - 2);

    assertThat(deliveries().giveUpPaused(day, 100)).isZero();
    assertThat(deliveries().giveUpPaused(OVER, 100)).isEqualTo(1);

    var dead = deliveries().page(new Query(paused.id(), State.DEAD, null, 10)).items();
    assertThat(dead)
        .extracting(Delivery::event, Delivery::attempts, Delivery::dueAt)
        .containsExactly(tuple(kept.event(), 0, null));
    assertThat(dead.getFirst().settledAt()).isNotNull();
    assertThat(deliveries().page(new Query(active.id(), State.DEAD, null, 10)).items()).isEmpty();
    assertThat(deliveries().figures().dead()).isEqualTo(before.dead() + 1);
    in(() -> deliveries().replay(paused.id(), kept.event()));
    assertThat(deliveries().page(new Query(paused.id(), State.WAITING, null, 10)).items())
        .hasSize(2);
  }

  private Subscription added() {
    var subscription = subscription();
    return in(
        () -> {
          subscriptions().add(subscription);
          return subscription;
        });
  }

  private UUID add(Draft draft) {
    return in(
        () -> {
          deliveries().add(List.of(draft));
          return draft.event();
        });
  }

  private List<Claim> claim(Subscription subscription, int atMost, Duration leaseFor) {
    return deliveries().claim(subscription.id(), atMost, leaseFor);
  }

  private Set<UUID> due() {
    return deliveries().due(10_000);
  }

  private State state(Subscription subscription, UUID event) {
    return deliveries().find(subscription.id(), event).orElseThrow().state();
  }

  private static Attempt attempt() {
    return new Attempt(Examples.MORNING, 12, 503, "busy", "come back \"later\"");
  }

  private static Settled settled(Claim claim, State state, @Nullable Duration retryIn) {
    return new Settled(claim, attempt(), state, retryIn);
  }

  private Set<UUID> settle(Settled settled) {
    return in(() -> deliveries().settle(List.of(settled)));
  }

  private <T> T in(Supplier<T> work) {
    return transactions().inTransaction(work);
  }
}
