package io.walletsync.core.publishing;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.memory.InMemoryStorage;
import io.walletsync.core.notification.Notification;
import io.walletsync.core.notification.Outbox;
import io.walletsync.core.publishing.EventTopic.Sent;
import io.walletsync.core.publishing.PublishEvents.Command;
import io.walletsync.core.publishing.PublishEvents.Outcome;
import io.walletsync.core.publishing.PublishEvents.Start;
import io.walletsync.core.wallet.WalletId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What is sent, from where on, and what is said about it. */
class PublishEventsTest implements PublishObserver {
  private static final Duration LEASE = Duration.ofSeconds(30);

  private final MutableClock clock = new MutableClock(Examples.MORNING);
  private final InMemoryStorage storage = new InMemoryStorage(clock);
  private final List<List<UUID>> rounds = new ArrayList<>();
  private final MeasurePublishLag lag =
      new MeasurePublishLag(storage.outbox(), storage.bookmarks(), clock);
  private boolean isAway;
  private int published;
  private int failures;

  @Test
  void beginsAtTheBeginningOrWithWhatComesNext() {
    var old = tell(Optional.empty());
    assertThat(publish(Start.LATEST)).isEqualTo(new Outcome.Nothing());
    var recent = tell(Optional.empty());
    assertThat(publish(Start.LATEST)).isEqualTo(new Outcome.Published(1));
    assertThat(rounds).containsExactly(List.of(recent));

    var other = new PublishEventsTest();
    var first = other.tell(Optional.empty());
    other.publish(Start.BEGINNING);

    assertThat(other.rounds).containsExactly(List.of(first));
    assertThat(rounds.toString()).doesNotContain(old.toString());
  }

  @Test
  void noTwoOfAWalletAreOnTheirWayAtOnce() {
    var one = Optional.of(new WalletId(UUID.randomUUID()));
    var two = Optional.of(new WalletId(UUID.randomUUID()));
    var a = tell(one);
    var b = tell(one);
    var c = tell(two);
    var d = tell(Optional.empty());
    var e = tell(one);

    publish(Start.BEGINNING);

    assertThat(rounds).containsExactly(List.of(a, c, d), List.of(b), List.of(e));
    assertThat(published).isEqualTo(5);
  }

  @Test
  void whatIsNotTakenWaitsAndItsAgeIsKnown() {
    assertThat(lag.measure()).isEmpty();
    publish(Start.BEGINNING);
    assertThat(lag.measure()).contains(Duration.ZERO);
    tell(Optional.empty());
    clock.advance(Duration.ofMinutes(3));
    isAway = true;

    assertThat(publish(Start.BEGINNING)).isEqualTo(new Outcome.Failed("away"));
    assertThat(failures).isEqualTo(1);
    assertThat(lag.measure()).contains(Duration.ofMinutes(3));
    isAway = false;

    assertThat(publish(Start.BEGINNING)).isEqualTo(new Outcome.Published(1));
    assertThat(lag.measure()).contains(Duration.ZERO);
  }

  @Test
  void oneNodeSendsAtATime() {
    tell(Optional.empty());
    var held =
        storage.bookmarks().take(PublishEvents.READER, Outbox.Place.START, LEASE).orElseThrow();
    assertThat(publish(Start.BEGINNING)).isEqualTo(new Outcome.HeldElsewhere());

    storage.bookmarks().release(held);

    assertThat(publish(Start.BEGINNING)).isEqualTo(new Outcome.Published(1));
  }

  private Outcome publish(Start start) {
    return new PublishEvents(
            storage.outbox(),
            storage.bookmarks(),
            this::send,
            storage.transactions(),
            this,
            start,
            LEASE)
        .publish(new Command(() -> false));
  }

  private Sent send(List<Notification> round) {
    if (isAway) {
      return new Sent(Set.of(), "away");
    }
    var ids = round.stream().map(Notification::id).toList();
    rounds.add(ids);
    return new Sent(Set.copyOf(ids), null);
  }

  private UUID tell(Optional<WalletId> wallet) {
    var notification = EventTopicContract.about(wallet);
    return storage
        .transactions()
        .inTransaction(
            () -> {
              storage.outbox().append(List.of(notification));
              return notification.id();
            });
  }

  @Override
  public void published(int events) {
    published += events;
  }

  @Override
  public void failed() {
    failures++;
  }
}
