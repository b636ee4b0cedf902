package io.walletsync.core.retention;

import java.time.Duration;
import java.util.Map;

/** Driven port: when each kind was last forgotten, on whichever node. */
public interface RetentionTicks {
  /** How long ago the last round without an error ended; without the kinds that had none yet. */
  Map<Perishable, Duration> sinceLast();
}
