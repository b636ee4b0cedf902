package io.walletsync.core.access;

import java.time.Duration;
import java.util.UUID;

/**
 * Driven port: the nonces that were used. Shared by all nodes, and timed by the clock of whatever
 * keeps them.
 */
public interface Nonces {
  /**
   * How long a nonce is remembered: longer than the ten minutes for which one signature can be in
   * time (created 300 s ahead of our clock until 300 s behind it).
   */
  Duration KEPT = Duration.ofMinutes(15);

  /**
   * Uses a nonce up, in the caller's transaction if one is open. True the first time the key shows
   * it, false ever after while it is remembered; of two at once only one gets true.
   */
  boolean burn(UUID apiKey, String nonce);

  /** Forgets at most so many nonces whose time is over, oldest first; returns how many. */
  int forgetExpired(int atMost);
}
