package io.walletsync.core.sync;

import java.time.Duration;

/**
 * How long things may take.
 *
 * @param providerDeadline how long a provider may take to answer
 * @param lease how long a request's key belongs to the worker that claimed it; longer than the
 *     provider's deadline, so that only a dead or very late worker is ever taken over
 * @param keyRetention how long an answer is replayed to the same key
 */
public record SyncPolicy(Duration providerDeadline, Duration lease, Duration keyRetention) {
  public static final SyncPolicy STANDARD =
      new SyncPolicy(Duration.ofSeconds(15), Duration.ofSeconds(30), Duration.ofHours(24));

  public SyncPolicy {
    if (lease.compareTo(providerDeadline) <= 0) {
      throw new IllegalArgumentException("the lease must outlast the provider's deadline");
    }
  }

  /** The same with another retention of keys; what is claimed already keeps its own. */
  public SyncPolicy keeping(Duration keys) {
    return new SyncPolicy(providerDeadline, lease, keys);
  }
}
