package io.walletsync.core.sync;

import io.walletsync.core.kernel.IdempotencyKey;
import io.walletsync.core.kernel.RequestKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Driven port: which requests are being worked on, and how the finished ones were answered. */
public interface SyncRequests {
  /**
   * For each request burns the nonce and claims the key, both or neither, in the caller's open
   * transaction; what came of each, in their order. A claim whose lease ended goes to the new
   * caller; of two requests in one list the earlier one came first.
   */
  List<Claim> claim(List<Request> requests);

  /** The same for a single request. */
  default Claim claim(Request request) {
    return claim(List.of(request)).getFirst();
  }

  /** Which of these leases still hold; they stay locked until the transaction ends. */
  Set<Lease> lockHeld(Collection<Lease> leases);

  /** Stores the answers of leases that are locked. */
  void complete(Map<Lease, String> answers);

  /** Forgets a claim that still holds, so that the key can be tried again at once. */
  void release(Lease lease);

  /**
   * Deletes at most so many records whose time is over, oldest first; returns how many. Those that
   * somebody is at work on are passed over.
   */
  int forgetExpired(int atMost);

  /**
   * A request that wants to start.
   *
   * @param requester the internal id of the API key that signed it
   * @param key null where the caller gave none; then only the nonce is burned
   * @param fingerprint the same for the same request, different for any other one
   * @param nonce used once for each attempt; null where there is none to burn
   * @param leaseFor how long the claim holds
   * @param keepFor how long the record is kept
   */
  record Request(
      UUID requester,
      @Nullable IdempotencyKey key,
      String fingerprint,
      @Nullable String nonce,
      Duration leaseFor,
      Duration keepFor) {}

  /** A worker's right to settle a request; the token tells it from a worker that took over. */
  record Lease(RequestKey requestKey, UUID token) {}

  /** What came of claiming. */
  sealed interface Claim {
    /**
     * Go ahead.
     *
     * @param startedAt the database's time, cut to microseconds: the start of the sync
     * @param lease null where the request has no key
     */
    record Claimed(Instant startedAt, @Nullable Lease lease) implements Claim {}

    /** The request was answered before. */
    record Answered(String answer) implements Claim {}

    /** Somebody is working on it, for at most this long. */
    record InFlight(Duration leaseRemaining) implements Claim {}

    /** The key was used for another request. */
    record KeyReused() implements Claim {}

    /** The nonce was used before. */
    record NonceReused() implements Claim {}
  }
}
