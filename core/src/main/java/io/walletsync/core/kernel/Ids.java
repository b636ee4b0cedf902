package io.walletsync.core.kernel;

import java.util.UUID;

/** Driven port: mints identifiers that are unique everywhere and grow with time (UUIDv7). */
public interface Ids {
  UUID next();
}
