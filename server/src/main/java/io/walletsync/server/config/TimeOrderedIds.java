package io.walletsync.server.config;

import com.github.f4b6a3.uuid.UuidCreator;
import io.walletsync.core.kernel.Ids;
import java.util.UUID;

/** UUIDv7: they grow with time, so that rows of one time lie side by side in an index. */
final class TimeOrderedIds implements Ids {
  @Override
  public UUID next() {
    return UuidCreator.getTimeOrderedEpoch();
  }
}
