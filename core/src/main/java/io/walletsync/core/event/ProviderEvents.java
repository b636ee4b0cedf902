package io.walletsync.core.event;

import io.walletsync.core.kernel.Page;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.core.wallet.Visibility;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Driven port: the inbox of what providers announce. */
public interface ProviderEvents {
  /**
   * Keeps an event in the caller's open transaction, waiting or, where it concerns nothing,
   * ignored. Returns false, and changes nothing, when the connection has an event with the same
   * content key or the same id of the provider; one that another transaction is about to keep is
   * waited for.
   */
  boolean add(Arrival arrival);

  Optional<ProviderEvent> find(UUID id, Visibility visibility);

  /** Like {@link #find}, and locked until the transaction ends. */
  Optional<ProviderEvent> lock(UUID id, Visibility visibility);

  /** What was delivered; empty where there is no such event. */
  Optional<byte[]> body(UUID id);

  /** Begins a locked event anew, as it is read now: no call that has started already serves it. */
  void restart(UUID id, Notice notice);

  /** Makes all failed events of a connection wait again, from now on; returns how many. */
  int restartFailed(ConnectionId connection);

  /** Lists events, newest first. */
  Page<ProviderEvent> page(Query query);

  /** What of a connection was stored within this time. */
  Volume volume(ConnectionId connection, Duration within);

  Backlog backlog();

  /**
   * Deletes at most so many events that wait for nothing and were received longer ago than this,
   * oldest first; returns how many. Those that somebody is at work on are passed over.
   */
  int forgetSettled(Duration olderThan, int atMost);

  /**
   * An event on its way into the inbox.
   *
   * @param body the raw bytes; they hold people's data
   */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  record Arrival(
      UUID id, ConnectionId connection, ProviderId provider, Notice notice, byte[] body) {
    @Override
    public String toString() {
      return "Arrival[" + id + "]";
    }
  }

  /**
   * What to list; null means any.
   *
   * @param before only events older than this position: that of the last one of the previous page
   */
  record Query(
      Visibility visibility,
      @Nullable ConnectionId connection,
      ProviderEvent.@Nullable Status status,
      @Nullable Position before,
      int limit) {}

  /** Where an event stands in the listing. */
  record Position(Instant receivedAt, UUID event) {
    public static Position of(ProviderEvent event) {
      return new Position(event.receivedAt(), event.id());
    }
  }

  /** How much was stored; bytes are those of bodies as they were delivered. */
  record Volume(long events, long bytes) {}

  /**
   * What waits at all connections.
   *
   * @param oldest how long the oldest has waited; null where none waits
   */
  record Backlog(long waiting, @Nullable Duration oldest) {}
}
