package io.walletsync.core.event;

import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.ProviderId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Driven port: the turns that connections take with the syncs their events ask for. Of one
 * connection there is one at a time, whatever number of nodes there is. What a lease settles are
 * the events that waited when it was taken and that its sync concerned; others wait for the next.
 */
public interface EventLanes {
  /**
   * The connections whose sync is due, those that wait longest first; of each provider at most so
   * many, so that the crowd of one hides nobody of another.
   */
  List<Due> due(EarlySyncPolicy policy, int mostOfOneProvider);

  /** Takes a lane whose time has come; empty where somebody has it or had it just now. */
  Optional<Lease> lease(ConnectionId connection, EarlySyncPolicy policy);

  /** What the events that waited when the lease was taken concern together. */
  Notice.Concern waiting(Lease lease);

  /** Something came that could not be stored: a sync of everything is due all the same. */
  void hint(ConnectionId connection);

  /**
   * Ends what waited and is part of this concern, and gives the lane back. False, and nothing
   * changed, where the lease is lost. Like the next two to be called in an open transaction.
   */
  boolean served(Lease lease, Notice.Concern concern);

  /**
   * Counts an attempt that failed for what waited and is part of this concern, gives up what was
   * tried too often, and gives the lane back, closed for a while. False, and nothing changed, where
   * the lease is lost.
   *
   * @param reason a code of ours
   */
  boolean putOff(
      Lease lease, Notice.Concern concern, Duration wait, int mostAttempts, String reason);

  /** Ignores everything that waited, for this reason. False where the lease is lost. */
  boolean end(Lease lease, String reason);

  /** A connection whose sync is due, and whom that sync asks. */
  record Due(ConnectionId connection, ProviderId provider) {}

  /**
   * The right to sync for a connection.
   *
   * @param token tells it from a worker that took over
   * @param startedAt the database's time when it was taken: any call made under it is later
   * @param failures how many syncs of the connection failed in a row before
   */
  record Lease(ConnectionId connection, UUID token, Instant startedAt, int failures) {}
}
