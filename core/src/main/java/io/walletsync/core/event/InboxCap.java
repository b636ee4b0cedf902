package io.walletsync.core.event;

import io.walletsync.core.wallet.ConnectionId;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Keeps one connection from filling the inbox, for whoever saw a delivery of a provider that proves
 * no bodies can make up new ones. Each node counts for itself between two looks into the database,
 * so that no delivery costs a count; several nodes together may exceed the cap by what they take in
 * between.
 */
public final class InboxCap {
  private static final Duration HOUR = Duration.ofHours(1);

  private final ProviderEvents events;
  private final ProviderEvents.Volume most;
  private final Duration lookEvery;
  private final ConcurrentHashMap<ConnectionId, Seen> seen = new ConcurrentHashMap<>();

  /**
   * Makes a cap.
   *
   * @param most what a connection may have stored within an hour
   * @param lookEvery how long a count is carried on before the database is asked again
   */
  public InboxCap(ProviderEvents events, ProviderEvents.Volume most, Duration lookEvery) {
    this.events = events;
    this.most = most;
    this.lookEvery = lookEvery;
  }

  /** The cap of the product: 100,000 events or 256 MiB an hour. */
  public static InboxCap standard(ProviderEvents events) {
    return new InboxCap(
        events, new ProviderEvents.Volume(100_000, 256L << 20), Duration.ofSeconds(10));
  }

  boolean hasRoom(ConnectionId connection, int bytes) {
    var known = seen.get(connection);
    if (known == null || System.nanoTime() - known.atNanos() >= lookEvery.toNanos()) {
      known = look(connection);
    }
    return known.events().get() < most.events() && known.bytes().get() + bytes <= most.bytes();
  }

  /** To be called once an event is stored. */
  void stored(ConnectionId connection, int bytes) {
    var known = seen.get(connection);
    if (known != null) {
      known.events().incrementAndGet();
      known.bytes().addAndGet(bytes);
    }
  }

  private Seen look(ConnectionId connection) {
    var at = System.nanoTime();
    var volume = events.volume(connection, HOUR);
    var fresh = new Seen(at, new AtomicLong(volume.events()), new AtomicLong(volume.bytes()));
    seen.put(connection, fresh);
    return fresh;
  }

  private record Seen(long atNanos, AtomicLong events, AtomicLong bytes) {}
}
