package io.walletsync.core.delivery;

import static io.walletsync.core.subscription.SubscriptionExample.draft;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Reply.Result;
import io.walletsync.core.channel.Sender;
import io.walletsync.core.channel.Senders;
import io.walletsync.core.delivery.DeliverNotifications.Command;
import io.walletsync.core.delivery.Delivery.State;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.Subscription.Reason;
import io.walletsync.core.subscription.SubscriptionExample;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** When a message is sent again, when it is given up, and when everything is. */
class DeliverNotificationsTest {
  private final MutableClock clock = new MutableClock(Examples.MORNING);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final List<Sender.Message> sent = Collections.synchronizedList(new ArrayList<>());
  private final AtomicInteger atOnce = new AtomicInteger();
  private final Subscription subscription = SubscriptionExample.subscription();
  private Reply reply = Reply.of(Result.TAKEN);
  private Runnable meanwhile = () -> {};

  @BeforeEach
  void subscribe() {
    in(
        () -> {
          storage.subscriptions().add(subscription);
          return subscription;
        });
  }

  @Test
  void triesAgainAfterEachWaitAndGivesUpInTheEnd() {
    reply = new Reply(Result.REFUSED, 500, "no", null);
    var event = add();
    var waits = new ArrayList<Duration>();
    deliver();
    for (var attempt = 1; attempt < 10; attempt++) {
      var before = clock.instant();
      clock.set(Objects.requireNonNull(delivery(event).dueAt()));
      waits.add(Duration.between(before, clock.instant()));
      deliver();
    }

    assertThat(waits).isEqualTo(RetryPolicy.STANDARD.waits());
    assertThat(delivery(event).state()).isEqualTo(State.DEAD);
    assertThat(delivery(event).attempts()).isEqualTo(10);
    assertThat(sent).hasSize(10);
    assertThat(sent).extracting(Sender.Message::payload).containsOnly(sent.getFirst().payload());
    assertThat(sent).extracting(Sender.Message::id).containsOnly(event);
    assertThat(sent).extracting(Sender.Message::at).doesNotHaveDuplicates();
  }

  @Test
  void fewAreSentAtOnceAndOneByOneAfterAFailure() {
    for (var i = 0; i < 20; i++) {
      add();
    }

    deliver();
    assertThat(sent).hasSize(DeliverNotifications.MOST_AT_ONCE);

    reply = Reply.of(Result.TIMEOUT);
    deliver();
    assertThat(sent).hasSize(2 * DeliverNotifications.MOST_AT_ONCE);
    deliver();
    assertThat(sent).hasSize(2 * DeliverNotifications.MOST_AT_ONCE + 1);

    reply = Reply.of(Result.TAKEN);
    deliver();
    deliver();
    assertThat(sent).hasSize(20);
  }

  @Test
  void whoIsBusyIsLeftAloneAsLongAsItAsks() {
    reply = new Reply(Result.BUSY, 429, null, Duration.ofMinutes(7));
    add();
    deliver();
    reply = Reply.of(Result.TAKEN);
    add();

    assertThat(storage.deliveries().due(10)).isEmpty();
    clock.advance(Duration.ofMinutes(7));
    assertThat(storage.deliveries().due(10)).containsExactly(subscription.id());
  }

  @Test
  void whoWantsADayIsHeardAndWhoWantsAYearIsNot() {
    assertThat(RetryPolicy.STANDARD.after(1, Duration.ofHours(2), 0)).contains(Duration.ofHours(2));
    assertThat(RetryPolicy.STANDARD.after(1, Duration.ofDays(365), 0))
        .contains(Duration.ofHours(24));
    assertThat(RetryPolicy.STANDARD.after(2, null, 1)).contains(Duration.ofMinutes(6));
    assertThat(RetryPolicy.STANDARD.after(10, Duration.ofHours(1), 0)).isEmpty();
  }

  @Test
  void whoIsGoneIsDisabledAndToldOfInTheAuditTrail() {
    reply = new Reply(Result.GONE, 410, null, null);
    add();
    add();
    deliver();

    assertThat(now().state()).isEqualTo(Subscription.State.DISABLED);
    assertThat(now().disabledReason()).isEqualTo(Reason.GONE);
    assertThat(audited()).containsExactly("disable_webhook_subscription");
    assertThat(deliver().tried()).isZero();
  }

  @Test
  void fiveDaysOfNothingButFailuresDisable() {
    reply = Reply.of(Result.UNREACHABLE);
    add();
    deliver();
    clock.advance(Duration.ofDays(5).minusSeconds(1));
    deliver();
    assertThat(now().state()).isEqualTo(Subscription.State.ACTIVE);

    clock.advance(Duration.ofSeconds(1));
    add();
    deliver();

    assertThat(now().disabledReason()).isEqualTo(Reason.FAILED_FOR_DAYS);
  }

  @Test
  void oneSuccessEndsTheFailures() {
    reply = Reply.of(Result.UNREACHABLE);
    add();
    deliver();
    clock.advance(Duration.ofDays(6));
    reply = Reply.of(Result.TAKEN);
    add();
    deliver();

    assertThat(now().state()).isEqualTo(Subscription.State.ACTIVE);
    assertThat(now().health().failingSince()).isNull();
  }

  @Test
  void whoIsTakenOverMeanwhileChangesNothing() {
    var event = add();
    meanwhile =
        () -> {
          clock.advance(Duration.ofSeconds(61));
          storage.deliveries().claim(subscription.id(), 1, Duration.ofMinutes(1));
        };

    var outcome = deliver();

    assertThat(outcome.tried()).isEqualTo(1);
    assertThat(outcome.noted()).isZero();
    assertThat(delivery(event).state()).isEqualTo(State.WAITING);
    assertThat(now().health()).isEqualTo(Subscription.Health.UNKNOWN);
  }

  @Test
  void aSenderThatBreaksIsAFailedAttempt() {
    var event = add();
    meanwhile =
        () -> {
          throw new IllegalStateException("with an address in it");
        };

    deliver();

    assertThat(storage.deliveries().attempts(subscription.id(), event))
        .singleElement()
        .satisfies(attempt -> assertThat(attempt.error()).isEqualTo("internal"));
  }

  private DeliverNotifications.Outcome deliver() {
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      return new DeliverNotifications(
              storage.subscriptions(),
              storage.deliveries(),
              new Senders(List.of(new Scripted())),
              storage.transactions(),
              new Auditor(storage.auditTrail(), new SequentialIds(), clock),
              RetryPolicy.STANDARD,
              (_, _) -> {},
              threads,
              () -> 0,
              clock)
          .deliver(new Command(subscription.id()));
    }
  }

  private UUID add() {
    var draft = draft(subscription);
    return in(
        () -> {
          storage.deliveries().add(List.of(draft));
          return draft.event();
        });
  }

  private Delivery delivery(UUID event) {
    return storage.deliveries().find(subscription.id(), event).orElseThrow();
  }

  private Subscription now() {
    return storage.subscriptions().find(subscription.id(), Visibility.ALL).orElseThrow();
  }

  private List<String> audited() {
    return storage
        .auditTrail()
        .page(new AuditTrail.Query(null, subscription.id(), null, null, 10))
        .items()
        .stream()
        .map(entry -> entry.action())
        .toList();
  }

  private <T> T in(Supplier<T> work) {
    return storage.transactions().inTransaction(work);
  }

  /** Answers as the test says. */
  private final class Scripted implements Sender {
    @Override
    public boolean isFor(Channel.Kind kind) {
      return true;
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public Reply send(Channel channel, Message message) {
      assertThat(atOnce.incrementAndGet()).isLessThanOrEqualTo(DeliverNotifications.MOST_AT_ONCE);
      sent.add(message);
      meanwhile.run();
      atOnce.decrementAndGet();
      return reply;
    }
  }
}
