package io.walletsync.core.event;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.Concurrently;
import io.walletsync.core.Examples;
import io.walletsync.core.event.EventLanes.Due;
import io.walletsync.core.event.EventLanes.Lease;
import io.walletsync.core.event.ProviderEvent.Status;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of {@link EventLanes} keeps: one sync of a connection at a time, which settles
 * what waited before it and nothing that came later.
 */
public interface EventLanesContract extends EventPorts {
  @Test
  default void aConnectionIsDueWhileSomethingOfItWaits() {
    var connection = connected();
    assertThat(isDue(connection.id(), EAGER)).isFalse();
    arrived(connection, NOTHING);
    assertThat(isDue(connection.id(), EAGER)).isFalse();

    var event = arrived(connection, NAIRA);
    arrived(connection, NAIRA);
    assertThat(due(EAGER)).containsOnlyOnce(connection.id());

    assertThat(served(leased(connection, EAGER), NAIRA)).isTrue();
    assertThat(isDue(connection.id(), EAGER)).isFalse();
    assertThat(status(event)).isEqualTo(Status.DONE);
    assertThat(event(event).attempts()).isEqualTo(1);
    assertThat(event(event).processedAt()).isNotNull();
  }

  @Test
  default void manyConnectionsAreDueThoseThatWaitLongestFirst() {
    var connections = IntStream.range(0, 5).mapToObj(_ -> connected()).toList();
    for (var connection : connections) {
      arrived(connection, EVERYTHING);
      arrived(connection, NAIRA);
      EventPorts.aMoment();
    }
    var ids = connections.stream().map(Connection::id).toList();

    assertThat(due(EAGER).stream().filter(ids::contains)).containsExactlyElementsOf(ids);
  }

  @Test
  default void theCrowdOfOneProviderHidesNobodyOfAnother() {
    var crowded = new ProviderId("crowded");
    var crowd = IntStream.range(0, 5).mapToObj(_ -> waitingOf(crowded)).toList();
    var quiet = new ProviderId("quiet");
    var hinted = connected(Examples.connection(quiet));
    hint(hinted);

    var due = eventLanes().due(EAGER, 2);

    assertThat(due.stream().filter(it -> it.provider().equals(crowded)))
        .extracting(Due::connection)
        .containsExactly(crowd.get(0).id(), crowd.get(1).id());
    assertThat(due).contains(new Due(hinted.id(), quiet));
  }

  private Connection waitingOf(ProviderId provider) {
    var connection = connected(Examples.connection(provider));
    arrived(connection, EVERYTHING);
    EventPorts.aMoment();
    return connection;
  }

  @Test
  default void nothingIsDueBeforeItHasSettled() {
    var connection = connected();
    arrived(connection, EVERYTHING);

    assertThat(isDue(connection.id(), policy(LONG, Duration.ZERO, LONG))).isFalse();
  }

  @Test
  default void twoStartsAreSpaced() {
    var connection = connected();
    arrived(connection, EVERYTHING);
    var spaced = policy(Duration.ZERO, LONG, LONG);
    served(leased(connection, spaced), EVERYTHING);
    arrived(connection, EVERYTHING);

    assertThat(isDue(connection.id(), spaced)).isFalse();
    assertThat(lease(connection, spaced)).isEmpty();
  }

  @Test
  default void oneAtATimeHasTheLane() {
    var connection = connected();
    arrived(connection, EVERYTHING);

    var leases = Concurrently.call(16, _ -> lease(connection, EAGER));

    assertThat(leases.stream().flatMap(Optional::stream)).hasSize(1);
    assertThat(isDue(connection.id(), EAGER)).isFalse();
  }

  @Test
  default void theLaneOfADeadWorkerIsTakenOverAndNothingIsLost() {
    var connection = connected();
    var event = arrived(connection, EVERYTHING);
    var dead = leased(connection, policy(Duration.ZERO, Duration.ZERO, Duration.ofMillis(1)));
    EventPorts.aMoment();

    assertThat(isDue(connection.id(), EAGER)).isTrue();
    var taker = leased(connection, EAGER);

    assertThat(served(dead, EVERYTHING)).isFalse();
    assertThat(putOff(dead, EVERYTHING, LONG)).isFalse();
    assertThat(end(dead)).isFalse();
    assertThat(status(event)).isEqualTo(Status.WAITING);
    assertThat(served(taker, EVERYTHING)).isTrue();
    assertThat(served(taker, EVERYTHING)).isFalse();
    assertThat(status(event)).isEqualTo(Status.DONE);
  }

  @Test
  default void whatWaitsIsConcernedTogether() {
    var connection = connected();
    assertThat(waiting(connection)).isEqualTo(NOTHING);
    arrived(connection, NAIRA);
    arrived(connection, NAIRA);
    assertThat(waiting(connection)).isEqualTo(NAIRA);
    arrived(connection, CEDI);
    assertThat(waiting(connection)).isEqualTo(EventPorts.currencies(Examples.NGN, Examples.GHS));
    arrived(connection, EVERYTHING);
    assertThat(waiting(connection)).isEqualTo(EVERYTHING);
  }

  @Test
  default void whatCameAfterTheLeaseIsNeitherSeenNorServedByIt() {
    var connection = connected();
    var before = arrived(connection, NAIRA);
    var lease = leased(connection, EAGER);
    EventPorts.aMoment();
    var after = arrived(connection, EVERYTHING);

    assertThat(eventLanes().waiting(lease)).isEqualTo(NAIRA);
    assertThat(served(lease, EVERYTHING)).isTrue();

    assertThat(status(before)).isEqualTo(Status.DONE);
    assertThat(status(after)).isEqualTo(Status.WAITING);
    assertThat(isDue(connection.id(), EAGER)).isTrue();
  }

  @Test
  default void whatWasReplayedAfterTheLeaseIsNotServedByIt() {
    var connection = connected();
    var event = arrived(connection, EVERYTHING);
    served(leased(connection, EAGER), EVERYTHING);
    var lease = leased(connection, EAGER);
    EventPorts.aMoment();
    transactions()
        .inTransaction(
            () -> {
              providerEvents().restart(event, EventPorts.notice(EVERYTHING));
              return event;
            });

    served(lease, EVERYTHING);

    assertThat(status(event)).isEqualTo(Status.WAITING);
    assertThat(isDue(connection.id(), EAGER)).isTrue();
  }

  /** So is an event whose row became visible only while its sync ran. */
  @Test
  default void whatConcernsMoreThanWasSyncedStillWaits() {
    var connection = connected();
    var naira = arrived(connection, NAIRA);
    var cedi = arrived(connection, CEDI);
    var both = arrived(connection, EventPorts.currencies(Examples.NGN, Examples.GHS));
    var everything = arrived(connection, EVERYTHING);

    served(leased(connection, EAGER), NAIRA);

    assertThat(status(naira)).isEqualTo(Status.DONE);
    assertThat(List.of(cedi, both, everything))
        .allSatisfy(id -> assertThat(status(id)).isEqualTo(Status.WAITING));
    assertThat(isDue(connection.id(), EAGER)).isTrue();
    served(leased(connection, EAGER), NOTHING);
    assertThat(status(cedi)).isEqualTo(Status.WAITING);
  }

  @Test
  default void whatFailsIsTriedAgainLaterAndGivenUpInTheEnd() {
    var connection = connected();
    var event = arrived(connection, EVERYTHING);
    var first = leased(connection, EAGER);
    assertThat(first.failures()).isZero();

    assertThat(putOff(first, EVERYTHING, LONG)).isTrue();

    assertThat(isDue(connection.id(), EAGER)).isFalse();
    assertThat(lease(connection, EAGER)).isEmpty();
    var tried = event(event);
    assertThat(tried.attempts()).isEqualTo(1);
    assertThat(tried.lastError()).isEqualTo("timeout");
    assertThat(tried.status()).isEqualTo(Status.WAITING);
  }

  @Test
  default void anEventIsGivenUpAfterItsOwnAttemptsAndNewerOnesGoOn() {
    var connection = connected();
    var old = arrived(connection, EVERYTHING);
    putOff(leased(connection, EAGER), EVERYTHING, Duration.ZERO);
    putOff(leased(connection, EAGER), EVERYTHING, Duration.ZERO);
    var young = arrived(connection, EVERYTHING);
    var last = leased(connection, EAGER);
    assertThat(last.failures()).isEqualTo(2);

    putOff(last, EVERYTHING, Duration.ZERO);

    assertThat(status(old)).isEqualTo(Status.FAILED);
    assertThat(event(old).attempts()).isEqualTo(3);
    assertThat(event(old).processedAt()).isNotNull();
    assertThat(status(young)).isEqualTo(Status.WAITING);
    var next = leased(connection, EAGER);
    assertThat(next.failures()).isEqualTo(3);
    served(next, EVERYTHING);
    assertThat(status(young)).isEqualTo(Status.DONE);
    assertThat(status(old)).isEqualTo(Status.FAILED);
    assertThat(leased(connection, EAGER).failures()).isZero();
  }

  @Test
  default void aFailureNeverShortensTheSpacing() {
    var connection = connected();
    arrived(connection, EVERYTHING);
    var spaced = policy(Duration.ZERO, LONG, LONG);

    putOff(leased(connection, spaced), EVERYTHING, Duration.ZERO);

    assertThat(isDue(connection.id(), spaced)).isFalse();
  }

  @Test
  default void whatEndsIsIgnoredForAReason() {
    var connection = connected();
    var event = arrived(connection, EVERYTHING);
    hint(connection);

    assertThat(end(leased(connection, EAGER))).isTrue();

    assertThat(status(event)).isEqualTo(Status.IGNORED);
    assertThat(event(event).lastError()).isEqualTo("connection_removed");
    assertThat(isDue(connection.id(), EAGER)).isFalse();
  }

  @Test
  default void aHintMakesASyncOfEverythingDue() {
    var connection = connected();
    hint(connection);
    hint(connection);
    assertThat(isDue(connection.id(), EAGER)).isTrue();
    assertThat(isDue(connection.id(), policy(LONG, Duration.ZERO, LONG))).isFalse();
    EventPorts.aMoment();
    var lease = leased(connection, EAGER);
    assertThat(eventLanes().waiting(lease)).isEqualTo(EVERYTHING);

    served(lease, EVERYTHING);

    assertThat(isDue(connection.id(), EAGER)).isFalse();
  }

  @Test
  default void aHintThatCameAfterTheLeaseOutlivesIt() {
    var connection = connected();
    hint(connection);
    EventPorts.aMoment();
    var lease = leased(connection, EAGER);
    EventPorts.aMoment();
    hint(connection);

    served(lease, EVERYTHING);

    assertThat(isDue(connection.id(), EAGER)).isTrue();
  }

  @Test
  default void aHintIsTriedAgainAndGivenUpInTheEnd() {
    var connection = connected();
    hint(connection);
    for (var i = 1; i < EAGER.mostAttempts(); i++) {
      EventPorts.aMoment();
      putOff(leased(connection, EAGER), EVERYTHING, Duration.ZERO);
      assertThat(isDue(connection.id(), EAGER)).isTrue();
    }

    putOff(leased(connection, EAGER), EVERYTHING, Duration.ZERO);

    assertThat(isDue(connection.id(), EAGER)).isFalse();
  }

  @Test
  default void settlingTouchesNoOtherConnection() {
    var connection = connected();
    var other = connected();
    arrived(connection, EVERYTHING);
    var events = Stream.of(EVERYTHING, NAIRA).map(it -> arrived(other, it)).toList();

    served(leased(connection, EAGER), EVERYTHING);

    assertThat(events).allSatisfy(id -> assertThat(status(id)).isEqualTo(Status.WAITING));
    assertThat(providerEvents().find(events.getFirst(), Visibility.ALL)).isPresent();
  }

  private static EarlySyncPolicy policy(Duration settle, Duration spacing, Duration lease) {
    return new EarlySyncPolicy(settle, spacing, lease, 3, List.of(LONG));
  }

  private Optional<Lease> lease(Connection connection, EarlySyncPolicy policy) {
    return transactions().inTransaction(() -> eventLanes().lease(connection.id(), policy));
  }

  /** What a lease would find now; the lane is given back. */
  private Notice.Concern waiting(Connection connection) {
    var lease = leased(connection, EAGER);
    var waiting = eventLanes().waiting(lease);
    served(lease, NOTHING);
    return waiting;
  }

  private boolean end(Lease lease) {
    return transactions().inTransaction(() -> eventLanes().end(lease, "connection_removed"));
  }
}
