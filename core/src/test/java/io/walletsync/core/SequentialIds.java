package io.walletsync.core;

import io.walletsync.core.kernel.Ids;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Ids that grow by one, in the shape of a UUIDv7. Two instances share no ids unless they were given
 * the same series.
 */
public final class SequentialIds implements Ids {
  private static final long VERSION_7 = 0x7000L;
  private static final long VARIANT = 0x8000_0000_0000_0000L;
  private final long series;
  private final AtomicLong last = new AtomicLong();

  /** Ids that nobody else has. */
  public SequentialIds() {
    this(ThreadLocalRandom.current().nextLong());
  }

  /** The same ids each time, so that two runs can be compared. */
  public SequentialIds(long series) {
    this.series = series;
  }

  @Override
  public UUID next() {
    return new UUID((series & ~0xffffL) | VERSION_7, VARIANT | last.incrementAndGet());
  }
}
