package io.walletsync.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Examples;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.wallet.Visibility;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Who may see an event may have it looked at again; who may not learns nothing of it. */
class ReplayTest {
  private static final Visibility NONE = new Visibility(Set.of(UUID.randomUUID()));

  private final EventFixture fixture = new EventFixture();

  @Test
  void aReplayedEventWaitsAgainAndIsAudited() {
    var event = done("a NGN");

    var outcome = replay(event, Visibility.ALL);

    assertThat(outcome)
        .isInstanceOfSatisfying(
            ReplayProviderEvent.Outcome.Waiting.class,
            waiting -> assertThat(waiting.event().status()).isEqualTo(Status.WAITING));
    assertThat(fixture.audited("replay_provider_event"))
        .singleElement()
        .satisfies(
            entry -> {
              assertThat(entry.connectionId()).isEqualTo(fixture.connection.id().value());
              assertThat(entry.details()).containsEntry("event_id", event.toString());
            });
    replay(event, Visibility.ALL);
    assertThat(fixture.audited("replay_provider_event")).hasSize(1);
  }

  @Test
  void theBodyIsReadAsItIsReadToday() {
    var arrival =
        new ProviderEvents.Arrival(
            Examples.id(),
            fixture.connection.id(),
            fixture.connection.provider(),
            EventPorts.notice(EventPorts.NOTHING),
            "known.now NGN".getBytes(StandardCharsets.UTF_8));
    fixture.add(arrival);

    replay(arrival.id(), Visibility.ALL);

    assertThat(fixture.event(arrival.id()).notice().type()).isEqualTo("known.now");
    assertThat(fixture.event(arrival.id()).notice().concern()).isEqualTo(EventPorts.NAIRA);
    assertThat(fixture.status(arrival.id())).isEqualTo(Status.WAITING);
  }

  @Test
  void whatMovesNoMoneyStaysIgnored() {
    fixture.receive("a -");
    var event = fixture.events().getFirst().id();

    replay(event, Visibility.ALL);

    assertThat(fixture.status(event)).isEqualTo(Status.IGNORED);
  }

  @Test
  void nobodyReplaysWhatTheyDoNotSee() {
    var event = done("a NGN");

    assertThat(replay(event, NONE)).isEqualTo(new ReplayProviderEvent.Outcome.Unknown());
    assertThat(replay(UUID.randomUUID(), Visibility.ALL))
        .isEqualTo(new ReplayProviderEvent.Outcome.Unknown());
    assertThat(replayFailed(NONE)).isEqualTo(new ReplayFailedEvents.Outcome.UnknownConnection());
    assertThat(fixture.status(event)).isEqualTo(Status.DONE);
  }

  @Test
  void aRemovedConnectionsEventsStayAsTheyAre() {
    var event = done("a NGN");
    fixture.connections().remove(fixture.connection.id());

    assertThat(replay(event, Visibility.ALL))
        .isEqualTo(new ReplayProviderEvent.Outcome.ConnectionRemoved());
    assertThat(replayFailed(Visibility.ALL))
        .isEqualTo(new ReplayFailedEvents.Outcome.UnknownConnection());
    assertThat(fixture.status(event)).isEqualTo(Status.DONE);
  }

  @Test
  void allFailedOnesWaitAgain() {
    fixture.receive("a NGN");
    fixture.receive("b *");
    for (var i = 0; i < EventPorts.EAGER.mostAttempts(); i++) {
      var lease = fixture.leased(fixture.connection, EventPorts.EAGER);
      fixture.putOff(lease, EventPorts.EVERYTHING, Duration.ZERO);
    }

    assertThat(replayFailed(Visibility.ALL)).isEqualTo(new ReplayFailedEvents.Outcome.Replayed(2));
    assertThat(replayFailed(Visibility.ALL)).isEqualTo(new ReplayFailedEvents.Outcome.Replayed(0));

    assertThat(fixture.events()).extracting(ProviderEvent::status).containsOnly(Status.WAITING);
    assertThat(fixture.audited("replay_provider_events"))
        .singleElement()
        .satisfies(entry -> assertThat(entry.details()).containsEntry("count", "2"));
  }

  private UUID done(String body) {
    fixture.receive(body);
    fixture.served(fixture.leased(fixture.connection, EventPorts.EAGER), EventPorts.EVERYTHING);
    return fixture.events().getFirst().id();
  }

  private ReplayProviderEvent.Outcome replay(UUID event, Visibility visibility) {
    return new ReplayProviderEvent(
            fixture.providerEvents(),
            fixture.connections(),
            fixture.readers,
            fixture.transactions(),
            fixture.auditor())
        .replay(new ReplayProviderEvent.Command(Examples.actor(), visibility, event));
  }

  private ReplayFailedEvents.Outcome replayFailed(Visibility visibility) {
    return new ReplayFailedEvents(
            fixture.providerEvents(),
            fixture.connections(),
            fixture.transactions(),
            fixture.auditor())
        .replay(
            new ReplayFailedEvents.Command(Examples.actor(), visibility, fixture.connection.id()));
  }
}
