package io.walletsync.core.bulk;

import java.time.Duration;

/**
 * How a run is cut into chunks, and how much is done at once.
 *
 * @param chunkSize at most so many wallets are taken together
 * @param lease how long a chunk belongs to the node that took it, unless renewed
 * @param mostAttempts how often a chunk that broke is taken before what broke in it is given up
 * @param waitAfterBreak how long a chunk that broke rests
 * @param worthWaiting a provider that may be asked again so soon is waited for
 * @param mostTries how often a connection is asked within one chunk
 * @param mostOfOneProvider how many connections of a provider are asked at once on a node
 * @param mostFailuresKept so many failures of a run can be looked at; all are counted
 */
public record SyncRunPolicy(
    int chunkSize,
    Duration lease,
    int mostAttempts,
    Duration waitAfterBreak,
    Duration worthWaiting,
    int mostTries,
    int mostOfOneProvider,
    int mostFailuresKept) {
  public static final SyncRunPolicy STANDARD =
      new SyncRunPolicy(
          200,
          Duration.ofSeconds(45),
          3,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          3,
          64,
          10_000);

  public SyncRunPolicy {
    if (chunkSize < 1 || mostAttempts < 1 || mostTries < 1 || mostOfOneProvider < 1) {
      throw new IllegalArgumentException("a run must get on");
    }
  }
}
