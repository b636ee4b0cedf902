package io.walletsync.core.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.notification.Bookmarks;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Notification.About;
import io.walletsync.core.notification.Outbox.Place;
import io.walletsync.core.publishing.PublishEvents.Command;
import io.walletsync.core.publishing.PublishEvents.Outcome;
import io.walletsync.core.publishing.PublishEvents.Start;
import io.walletsync.core.publishing.ShakyTopic.Killed;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

/**
 * Whatever dies or is lost at whatever moment, nobody misses an event or sees a wallet's in
 * disorder.
 */
final class PublishEventsProperties {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @Property
  void nothingIsLostAndNothingOvertakes(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5) int wallets,
      @ForAll @IntRange(min = 1, max = 30) int percentOfTrouble) {
    var world = new World(seed, wallets);
    world.topic.withTrouble(percentOfTrouble / 100.0);
    for (var turn = 0; turn < 30; turn++) {
      world.tellSome();
      world.publishOnSomeNode();
    }
    world.topic.withTrouble(0);

    world.publishAll();

    world.assertEachOnceAndInOrder();
  }

  @Property(tries = 200)
  void aNodeThatComesLateSpoilsNothing(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int wallets) {
    var world = new World(seed, wallets);
    for (var turn = 0; turn < 10; turn++) {
      world.tellSome();
      var outcomes = new ArrayList<Outcome>();
      // the lease of the one ends while it sends, and the other goes on
      world.topic.meanwhile(
          () -> {
            world.clock.advance(LEASE);
            outcomes.add(world.publish());
            world.tellSome();
            outcomes.add(world.publish());
          });
      var late = world.publish();
      world.topic.meanwhile(() -> {});

      if (!outcomes.isEmpty()) {
        assertThat(late).isEqualTo(new Outcome.LeaseLost());
      }
    }

    world.publishAll();

    world.assertEachOnceAndInOrder();
  }

  /** Two nodes, which may die anywhere, on one storage. */
  private static final class World {
    private final MutableClock clock = new MutableClock(Examples.MORNING);
    private final InMemoryStorage storage = new InMemoryStorage(clock);
    private final Random random;
    private final ShakyTopic topic;
    private final List<WalletId> wallets = new ArrayList<>();
    private final List<Notification> told = new ArrayList<>();

    private World(long seed, int wallets) {
      random = new Random(seed);
      topic = new ShakyTopic(random);
      for (var i = 0; i < wallets; i++) {
        this.wallets.add(new WalletId(new UUID(1, i)));
      }
    }

    private void tellSome() {
      var some = new ArrayList<Notification>();
      for (var i = random.nextInt(6); i > 0; i--) {
        var wallet = wallets.get(random.nextInt(wallets.size()));
        some.add(
            EventTopicContract.about(
                random.nextInt(8) == 0 ? Optional.empty() : Optional.of(wallet)));
      }
      var _ =
          storage
              .transactions()
              .inTransaction(
                  () -> {
                    storage.outbox().append(some);
                    return some;
                  });
      told.addAll(some);
    }

    private void publishOnSomeNode() {
      try {
        publish();
      } catch (Killed _) {
        // its lease is left behind
        if (random.nextBoolean()) {
          clock.advance(LEASE);
        }
      }
    }

    private Outcome publish() {
      return publisher().publish(new Command(() -> topic.isTrouble()));
    }

    private void publishAll() {
      clock.advance(LEASE);
      while (!(publish() instanceof Outcome.Nothing)) {
        // goes on
      }
      topic.arrive();
    }

    private PublishEvents publisher() {
      return new PublishEvents(
          storage.outbox(),
          new MortalBookmarks(storage.bookmarks(), topic),
          topic,
          new MortalTransactions(storage.transactions(), topic),
          new Silence(),
          Start.BEGINNING,
          LEASE);
    }

    private void assertEachOnceAndInOrder() {
      assertThat(ofEach(topic.readOnce())).isEqualTo(ofEach(told));
    }

    private static java.util.Map<Optional<WalletId>, List<UUID>> ofEach(List<Notification> all) {
      return all.stream()
          .collect(
              Collectors.groupingBy(
                  it -> it.about().map(About::wallet),
                  Collectors.mapping(Notification::id, Collectors.toList())));
    }
  }

  /** Whoever moves a bookmark may die before, or before the transaction ends. */
  private record MortalBookmarks(Bookmarks bookmarks, ShakyTopic topic) implements Bookmarks {
    @Override
    public Optional<Held> take(String reader, Place start, Duration leaseFor) {
      var held = bookmarks.take(reader, start, leaseFor);
      topic.killIfUnlucky();
      return held;
    }

    @Override
    public boolean move(Held held, Place next, Duration leaseFor) {
      topic.killIfUnlucky();
      var isOurs = bookmarks.move(held, next, leaseFor);
      topic.killIfUnlucky();
      return isOurs;
    }

    @Override
    public void release(Held held) {
      topic.killIfUnlucky();
      bookmarks.release(held);
    }

    @Override
    public Optional<Place> find(String reader) {
      return bookmarks.find(reader);
    }
  }

  /** Whoever commits may die right afterwards. */
  private record MortalTransactions(Transactions transactions, ShakyTopic topic)
      implements Transactions {
    @Override
    public <T> T inTransaction(Supplier<T> work) {
      var result = transactions.inTransaction(work);
      topic.killIfUnlucky();
      return result;
    }
  }

  private static final class Silence implements PublishObserver {
    @Override
    public void published(int events) {}

    @Override
    public void failed() {}
  }
}
