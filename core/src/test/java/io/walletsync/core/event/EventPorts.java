package io.walletsync.core.event;

import io.walletsync.core.Examples;
import io.walletsync.core.event.EventLanes.Due;
import io.walletsync.core.event.EventLanes.Lease;
import io.walletsync.core.event.Notice.Concern;
import io.walletsync.core.event.ProviderEvents.Arrival;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.RegistryPorts;
import io.walletsync.core.wallet.Visibility;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;

/** The ports of this feature, and events kept with them. */
public interface EventPorts extends RegistryPorts {
  Duration LONG = Duration.ofHours(1);
  Concern NOTHING = new Concern.Nothing();
  Concern EVERYTHING = new Concern.Everything();
  Concern NAIRA = new Concern.Currencies(Set.of(Examples.NGN));
  Concern CEDI = new Concern.Currencies(Set.of(Examples.GHS));

  /** Due at once, and again at once. */
  EarlySyncPolicy EAGER = new EarlySyncPolicy(Duration.ZERO, Duration.ZERO, LONG, 3, List.of(LONG));

  ProviderEvents providerEvents();

  EventLanes eventLanes();

  static Concern currencies(CurrencyCode... codes) {
    return new Concern.Currencies(Set.of(codes));
  }

  static Notice notice(Concern concern) {
    return new Notice("charge.success", null, ContentKey.of(UUID.randomUUID().toString()), concern);
  }

  /** Keeps a new event and returns its id. */
  default UUID arrived(Connection connection, Concern concern) {
    var arrival = arrival(connection, notice(concern));
    if (!add(arrival)) {
      throw new AssertionError("a fresh event was known");
    }
    return arrival.id();
  }

  default Arrival arrival(Connection connection, Notice notice) {
    return new Arrival(
        Examples.id(),
        connection.id(),
        connection.provider(),
        notice,
        "{\"event\":1}".getBytes(StandardCharsets.UTF_8));
  }

  default boolean add(Arrival arrival) {
    return transactions().inTransaction(() -> providerEvents().add(arrival));
  }

  default ProviderEvent event(UUID id) {
    return providerEvents().find(id, Visibility.ALL).orElseThrow();
  }

  default ProviderEvent.Status status(UUID id) {
    return event(id).status();
  }

  default boolean isDue(ConnectionId connection, EarlySyncPolicy policy) {
    return due(policy).contains(connection);
  }

  default List<ConnectionId> due(EarlySyncPolicy policy) {
    return eventLanes().due(policy, 100_000).stream().map(Due::connection).toList();
  }

  /** Takes a lane that must be free. */
  default Lease leased(Connection connection, EarlySyncPolicy policy) {
    return transactions()
        .inTransaction(() -> eventLanes().lease(connection.id(), policy))
        .orElseThrow();
  }

  default boolean served(Lease lease, Concern concern) {
    return transactions().inTransaction(() -> eventLanes().served(lease, concern));
  }

  default boolean putOff(Lease lease, Concern concern, Duration wait) {
    return transactions()
        .inTransaction(
            () -> eventLanes().putOff(lease, concern, wait, EAGER.mostAttempts(), "timeout"));
  }

  default void hint(Connection connection) {
    transactions()
        .inTransaction(
            () -> {
              eventLanes().hint(connection.id());
              return connection;
            });
  }

  /** Until the database's clock has gone on. */
  static void aMoment() {
    LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
  }
}
