package io.walletsync.core.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.event.ProviderEvents.Arrival;
import io.walletsync.core.event.ProviderEvents.Position;
import io.walletsync.core.event.ProviderEvents.Query;
import io.walletsync.core.event.ProviderEvents.Volume;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What every adapter of {@link ProviderEvents} keeps: each event once, whole, and for its own. */
public interface ProviderEventsContract extends EventPorts {
  @Test
  default void keepsAnEventAsItIs() {
    var connection = connected();
    var notice =
        new Notice(
            "transfer.success Ẽ'\"",
            "evt_1",
            ContentKey.of("one"),
            EventPorts.currencies(Examples.NGN, Examples.GHS));
    var body = new byte[] {0, 1, -1, '\'', '\n'};
    var arrival = new Arrival(Examples.id(), connection.id(), connection.provider(), notice, body);

    assertThat(add(arrival)).isTrue();

    var event = event(arrival.id());
    assertThat(event.connection()).isEqualTo(connection.id());
    assertThat(event.provider()).isEqualTo(connection.provider());
    assertThat(event.notice()).isEqualTo(notice);
    assertThat(event.bodyBytes()).isEqualTo(5);
    assertThat(event.status()).isEqualTo(Status.WAITING);
    assertThat(event.attempts()).isZero();
    assertThat(event.processedAt()).isNull();
    assertThat(event.lastError()).isNull();
    assertThat(event.receivedAt()).isEqualTo(event.receivedAt().truncatedTo(ChronoUnit.MICROS));
    assertThat(providerEvents().body(arrival.id())).hasValue(body);
    assertThat(providerEvents().body(UUID.randomUUID())).isEmpty();
  }

  @Test
  default void whatConcernsNothingIsIgnoredAtOnce() {
    var event = event(arrived(connected(), NOTHING));

    assertThat(event.status()).isEqualTo(Status.IGNORED);
    assertThat(event.processedAt()).isEqualTo(event.receivedAt());
    assertThat(event.notice().concern()).isEqualTo(NOTHING);
  }

  @Test
  default void theSameContentOrTheSameIdIsTheSameEvent() {
    var connection = connected();
    var key = ContentKey.of("same");
    var first = arrival(connection, new Notice("a", "evt_7", key, EVERYTHING));
    assertThat(add(first)).isTrue();

    assertThat(add(arrival(connection, new Notice("b", "evt_8", key, EVERYTHING)))).isFalse();
    var other = ContentKey.of("other");
    assertThat(add(arrival(connection, new Notice("a", "evt_7", other, EVERYTHING)))).isFalse();
    assertThat(all(connection)).extracting(ProviderEvent::id).containsExactly(first.id());
    assertThat(event(first.id()).notice().type()).isEqualTo("a");
  }

  @Test
  default void eventsWithoutAnIdAreToldApartByTheirContent() {
    var connection = connected();

    arrived(connection, EVERYTHING);
    arrived(connection, EVERYTHING);

    assertThat(all(connection)).hasSize(2);
  }

  @Test
  default void anotherConnectionsEventIsAnotherOne() {
    var notice = new Notice("a", "evt_9", ContentKey.of("shared"), EVERYTHING);

    assertThat(add(arrival(connected(), notice))).isTrue();
    assertThat(add(arrival(connected(), notice))).isTrue();
  }

  @Test
  default void ofManyAtOnceOneIsKept() {
    var connection = connected();
    var notice = new Notice("a", "evt_5", ContentKey.of("raced"), EVERYTHING);

    var added = Concurrently.call(20, _ -> add(arrival(connection, notice)));

    assertThat(added).containsOnlyOnce(true);
    assertThat(all(connection)).hasSize(1);
  }

  @Test
  default void whatWasRolledBackWasNeverKept() {
    var connection = connected();
    var arrival = arrival(connection, EventPorts.notice(EVERYTHING));
    assertThatThrownBy(
            () ->
                transactions()
                    .inTransaction(
                        () -> {
                          providerEvents().add(arrival);
                          throw new IllegalStateException("on purpose");
                        }))
        .hasMessage("on purpose");

    assertThat(all(connection)).isEmpty();
    assertThat(add(arrival)).isTrue();
  }

  @Test
  default void nobodySeesTheEventsOfOtherConnections() {
    var mine = connected();
    var others = connected();
    var visible = new Visibility(Set.of(mine.id().value()));
    var event = arrived(mine, EVERYTHING);
    var hidden = arrived(others, EVERYTHING);

    assertThat(providerEvents().find(event, visible)).isPresent();
    assertThat(providerEvents().find(hidden, visible)).isEmpty();
    assertThat(transactions().inTransaction(() -> providerEvents().lock(hidden, visible)))
        .isEmpty();
    assertThat(providerEvents().page(new Query(visible, null, null, null, 100)).items())
        .extracting(ProviderEvent::id)
        .containsExactly(event);
    assertThat(providerEvents().page(new Query(visible, others.id(), null, null, 9)).items())
        .isEmpty();
  }

  @Test
  default void listsTheNewestFirstInPagesThatLoseNothing() {
    var connection = connected();
    var ids = new ArrayList<UUID>();
    for (var i = 0; i < 7; i++) {
      ids.add(arrived(connection, i == 3 ? NOTHING : EVERYTHING));
      EventPorts.aMoment();
    }

    var listed = new ArrayList<UUID>();
    Position before = null;
    boolean hasMore;
    do {
      var page = providerEvents().page(new Query(Visibility.ALL, connection.id(), null, before, 3));
      page.items().forEach(event -> listed.add(event.id()));
      before = Position.of(page.items().getLast());
      hasMore = page.hasMore();
    } while (hasMore);

    assertThat(listed).isEqualTo(ids.reversed());
    assertThat(
            providerEvents()
                .page(new Query(Visibility.ALL, connection.id(), Status.IGNORED, null, 9))
                .items())
        .extracting(ProviderEvent::id)
        .containsExactly(ids.get(3));
  }

  @Test
  default void aRestartedEventBeginsAnewAsItIsReadNow() {
    var connection = connected();
    var id = arrived(connection, EVERYTHING);
    var before = event(id);
    served(leased(connection, EAGER), EVERYTHING);
    assertThat(status(id)).isEqualTo(Status.DONE);

    restart(id, new Notice("now.known", "ignored", ContentKey.of("ignored"), NAIRA));

    var now = event(id);
    assertThat(now.status()).isEqualTo(Status.WAITING);
    assertThat(now.attempts()).isZero();
    assertThat(now.processedAt()).isNull();
    assertThat(now.notice())
        .isEqualTo(new Notice("now.known", null, before.notice().contentKey(), NAIRA));
    assertThat(now.receivedAt()).isEqualTo(before.receivedAt());

    restart(id, EventPorts.notice(NOTHING));
    assertThat(status(id)).isEqualTo(Status.IGNORED);
    assertThat(event(id).processedAt()).isNotNull();
  }

  @Test
  default void allFailedOnesOfAConnectionAreRestartedAndNoOthers() {
    var connection = connected();
    var other = connected();
    var done = arrived(connection, EVERYTHING);
    served(leased(connection, EAGER), EVERYTHING);
    var failed = List.of(arrived(connection, EVERYTHING), arrived(connection, NAIRA));
    var elsewhere = arrived(other, EVERYTHING);
    for (var i = 0; i < EAGER.mostAttempts(); i++) {
      putOff(leased(connection, EAGER), EVERYTHING, Duration.ZERO);
      putOff(leased(other, EAGER), EVERYTHING, Duration.ZERO);
    }
    assertThat(failed).allSatisfy(id -> assertThat(status(id)).isEqualTo(Status.FAILED));

    var restarted =
        transactions().inTransaction(() -> providerEvents().restartFailed(connection.id()));

    assertThat(restarted).isEqualTo(2);
    assertThat(failed)
        .allSatisfy(
            id -> {
              assertThat(status(id)).isEqualTo(Status.WAITING);
              assertThat(event(id).attempts()).isZero();
              assertThat(event(id).lastError()).isNull();
            });
    assertThat(status(done)).isEqualTo(Status.DONE);
    assertThat(status(elsewhere)).isEqualTo(Status.FAILED);
  }

  @Test
  default void theVolumeIsThatOfTheConnectionAndOfTheTime() {
    var connection = connected();
    arrived(connected(), EVERYTHING);
    assertThat(providerEvents().volume(connection.id(), LONG)).isEqualTo(new Volume(0, 0));

    arrived(connection, EVERYTHING);
    arrived(connection, NOTHING);

    assertThat(providerEvents().volume(connection.id(), LONG)).isEqualTo(new Volume(2, 22));
    EventPorts.aMoment();
    assertThat(providerEvents().volume(connection.id(), Duration.ofMillis(1)))
        .isEqualTo(new Volume(0, 0));
  }

  @Test
  default void theBacklogIsWhatWaits() {
    var connection = connected();
    var before = providerEvents().backlog().waiting();
    arrived(connection, EVERYTHING);
    arrived(connection, NOTHING);

    var backlog = providerEvents().backlog();

    assertThat(backlog.waiting()).isEqualTo(before + 1);
    assertThat(backlog.oldest()).isNotNull();
    served(leased(connection, EAGER), EVERYTHING);
    assertThat(providerEvents().backlog().waiting()).isEqualTo(before);
  }

  @Test
  default void whatWaitsForNothingIsForgottenAfterItsTime() {
    var connection = connected();
    var done = arrived(connection, EVERYTHING);
    served(leased(connection, EAGER), EVERYTHING);
    var ignored = arrived(connection, NOTHING);
    var waiting = arrived(connection, EVERYTHING);
    EventPorts.aMoment();

    providerEvents().forgetSettled(LONG, 100_000);
    assertThat(all(connection)).hasSize(3);
    assertThat(providerEvents().forgetSettled(Duration.ZERO, 100_000)).isGreaterThanOrEqualTo(2);

    assertThat(all(connection)).extracting(ProviderEvent::id).containsExactly(waiting);
    assertThat(providerEvents().body(done)).isEmpty();
    assertThat(providerEvents().body(ignored)).isEmpty();
    assertThat(isDue(connection.id(), EAGER)).isTrue();
  }

  @Test
  default void failedOnesAreForgottenToo() {
    var connection = connected();
    arrived(connection, EVERYTHING);
    for (var i = 0; i < EAGER.mostAttempts(); i++) {
      putOff(leased(connection, EAGER), EVERYTHING, Duration.ZERO);
    }
    EventPorts.aMoment();

    providerEvents().forgetSettled(Duration.ZERO, 100_000);

    assertThat(all(connection)).isEmpty();
  }

  @Test
  default void theOldestAreForgottenFirstAndNoMoreThanAskedFor() {
    providerEvents().forgetSettled(Duration.ZERO, 100_000);
    var connection = connected();
    var ids = new ArrayList<UUID>();
    for (var i = 0; i < 3; i++) {
      ids.add(arrived(connection, NOTHING));
      EventPorts.aMoment();
    }

    assertThat(providerEvents().forgetSettled(Duration.ZERO, 2)).isEqualTo(2);

    assertThat(all(connection)).extracting(ProviderEvent::id).containsExactly(ids.get(2));
    assertThat(providerEvents().forgetSettled(Duration.ZERO, 2)).isEqualTo(1);
  }

  @Test
  default void aForgottenEventThatIsDeliveredAgainIsANewOne() {
    var arrival = arrival(connected(), EventPorts.notice(NOTHING));
    assertThat(add(arrival)).isTrue();
    EventPorts.aMoment();
    providerEvents().forgetSettled(Duration.ZERO, 100_000);

    assertThat(add(arrival)).isTrue();
  }

  private List<ProviderEvent> all(Connection connection) {
    return providerEvents()
        .page(new Query(Visibility.ALL, connection.id(), null, null, 1_000))
        .items();
  }

  private void restart(UUID id, Notice notice) {
    transactions()
        .inTransaction(
            () -> {
              var _ = providerEvents().lock(id, Visibility.ALL).orElseThrow();
              providerEvents().restart(id, notice);
              return id;
            });
  }
}
