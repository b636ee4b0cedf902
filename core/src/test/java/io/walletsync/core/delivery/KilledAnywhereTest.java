package io.walletsync.core.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Death;
import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.SequentialIds;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.channel.Channel;
import io.walletsync.core.channel.Reply;
import io.walletsync.core.channel.Sender;
import io.walletsync.core.channel.Senders;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Notification.Kind;
import io.walletsync.core.notification.Notification.Occurrence;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.subscription.Subscription;
import io.walletsync.core.subscription.SubscriptionExample;
import io.walletsync.core.subscription.Subscriptions;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A process is killed before or after every single thing that it asks of the database or of a
 * receiver, once for each of them; another one goes on. Every receiver then has every event, and
 * each under one id with one text, so that who knows ids has each exactly once.
 */
class KilledAnywhereTest {
  private static final int EVENTS = 20;
  private static final Duration LONGER_THAN_ANY_LEASE = Duration.ofMinutes(2);

  @Test
  void noEventIsLostAndNoneHasTwoNames() {
    var points = new Run(Integer.MAX_VALUE).play();
    assertThat(points).isGreaterThan(200);

    for (var point = 1; point <= points; point++) {
      var run = new Run(point);
      run.play();
      assertThat(run.death.came()).as("killed at point %s", point).isTrue();
      run.check(point);
    }
  }

  /** One history with one kill in it. */
  private static final class Run {
    private final MutableClock clock = new MutableClock(Examples.MORNING);
    private final InMemoryStorage storage = new InMemoryStorage(clock);
    private final SequentialIds ids = new SequentialIds();
    private final Death death;
    private final Map<UUID, Map<UUID, Set<String>>> received = new HashMap<>();
    private final Set<UUID> events = new HashSet<>();
    private final List<Subscription> subscriptions = new ArrayList<>();

    Run(int killAt) {
      this.death = new Death(killAt);
    }

    int play() {
      for (var i = 0; i < 3; i++) {
        subscribe("https://receiver-" + i + ".example.com/");
      }
      happen(EVENTS / 2);
      work();
      happen(EVENTS - EVENTS / 2);
      work();
      work();
      return death.points();
    }

    private void subscribe(String url) {
      var subscription = SubscriptionExample.subscription(new Channel.Webhook(url), Visibility.ALL);
      subscriptions.add(subscription);
      storage
          .transactions()
          .inTransaction(
              () -> {
                storage.subscriptions().add(subscription);
                return subscription;
              });
    }

    private void happen(int times) {
      for (var i = 0; i < times; i++) {
        var event =
            new Occurrence(
                ids.next(), Kind.SYNC_FAILING, Optional.empty(), clock.instant(), new TreeMap<>());
        events.add(event.id());
        storage
            .transactions()
            .inTransaction(
                () -> {
                  storage.outbox().append(List.of(event));
                  return event;
                });
      }
    }

    /** A process that works until nothing is left, and another one should it be killed. */
    private void work() {
      try {
        process();
      } catch (Error | RuntimeException killed) {
        if (!death.came()) {
          throw killed;
        }
        clock.advance(LONGER_THAN_ANY_LEASE);
        process();
      }
    }

    private void process() {
      var deliveries = death.around(Deliveries.class, storage.deliveries());
      var known = death.around(Subscriptions.class, storage.subscriptions());
      var transactions = death.around(Transactions.class, storage.transactions());
      var fanOut =
          new FanOutEvents(
              death.around(Outbox.class, storage.outbox()),
              death.around(Bookmarks.class, storage.bookmarks()),
              known,
              deliveries,
              storage.wallets(),
              notification -> "{\"event_id\":\"" + notification.id() + "\"}",
              transactions);
      var deliver =
          new DeliverNotifications(
              known,
              deliveries,
              new Senders(List.of(death.around(Sender.class, new Receiver()))),
              transactions,
              new Auditor(storage.auditTrail(), ids, clock),
              RetryPolicy.STANDARD,
              (_, _) -> {},
              new SameThread(),
              () -> 0,
              clock);
      fanOut.fanOut(new FanOutEvents.Command(() -> false));
      for (var due = deliveries.due(10); !due.isEmpty(); due = deliveries.due(10)) {
        due.forEach(id -> deliver.deliver(new DeliverNotifications.Command(id)));
      }
    }

    void check(int point) {
      for (var subscription : subscriptions) {
        assertThat(received.getOrDefault(subscription.id(), Map.of()))
            .as("what %s has, killed at point %s", subscription.channel().masked(), point)
            .containsOnlyKeys(events)
            .allSatisfy((_, texts) -> assertThat(texts).hasSize(1));
        assertThat(events)
            .allSatisfy(
                event ->
                    assertThat(storage.deliveries().find(subscription.id(), event))
                        .get()
                        .extracting(Delivery::state)
                        .isEqualTo(Delivery.State.DELIVERED));
      }
    }

    /** Takes everything, and notes what it got under which id. */
    private final class Receiver implements Sender {
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
        var subscription =
            subscriptions.stream()
                .filter(it -> it.channel().equals(channel))
                .findFirst()
                .orElseThrow();
        received
            .computeIfAbsent(subscription.id(), _ -> new HashMap<>())
            .computeIfAbsent(message.id(), _ -> new HashSet<>())
            .add(message.payload());
        return new Reply(Reply.Result.TAKEN, 200, null, null);
      }
    }
  }

  /** So that the points come in the same order each time. */
  private static final class SameThread extends AbstractExecutorService {
    @Override
    public void execute(Runnable command) {
      command.run();
    }

    @Override
    public void shutdown() {}

    @Override
    public List<Runnable> shutdownNow() {
      return List.of();
    }

    @Override
    public boolean isShutdown() {
      return false;
    }

    @Override
    public boolean isTerminated() {
      return false;
    }

    @Override
    public boolean awaitTermination(long timeout, TimeUnit unit) {
      return true;
    }
  }
}
