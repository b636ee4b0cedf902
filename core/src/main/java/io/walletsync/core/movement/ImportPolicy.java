package io.walletsync.core.movement;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * How movements are imported.
 *
 * @param interval from the end of a wallet's round to its next; null where wallets are not imported
 *     by themselves
 * @param backfill how long before its registration a wallet's history begins
 * @param overlap how much of what was complete is read again: rows may come late
 * @param mending for how long what a hole lacks is read again by itself, and how far back at most
 * @param reach how far back a person may have it read again
 * @param pages how many pages a round reads, so that a long feed holds up nobody
 * @param deadline how long a page may take
 * @param lease how long a round may be silent; longer than a page may take
 */
public record ImportPolicy(
    @Nullable Duration interval,
    Duration backfill,
    Duration overlap,
    Duration mending,
    Duration reach,
    int pages,
    Duration deadline,
    Duration lease) {
  public static final ImportPolicy STANDARD =
      new ImportPolicy(
          Duration.ofHours(1),
          Duration.ofDays(30),
          Duration.ofHours(1),
          Duration.ofHours(6),
          Duration.ofDays(366),
          20,
          Duration.ofSeconds(15),
          Duration.ofSeconds(60));

  /** The same at another pace; null for not by themselves. */
  public ImportPolicy every(@Nullable Duration other) {
    return new ImportPolicy(other, backfill, overlap, mending, reach, pages, deadline, lease);
  }

  /** Whether a person may have it read again from there. */
  boolean reaches(Instant from, Instant now) {
    return !from.isAfter(now) && !from.isBefore(now.minus(reach));
  }
}
