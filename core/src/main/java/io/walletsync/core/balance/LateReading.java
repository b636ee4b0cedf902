package io.walletsync.core.balance;

import java.time.Instant;
import java.util.UUID;

/** A reading that came after a younger one was recorded: kept as a fact, replacing nothing. */
public record LateReading(UUID readingId, Observation observation, Instant recordedAt) {}
