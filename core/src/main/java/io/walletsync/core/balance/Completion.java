package io.walletsync.core.balance;

import io.walletsync.core.kernel.RequestKey;
import java.util.Optional;

/**
 * What an observation settles, opaque to this feature: somebody's request, or a turn of the
 * schedule. Equal when it is the same attempt at the same thing.
 */
public interface Completion {
  /** Who asked under which key, kept for ever on the snapshot it makes; empty where nobody did. */
  Optional<RequestKey> requestedUnder();
}
