package io.walletsync.core.balance;

import io.walletsync.core.kernel.RequestKey;

/**
 * The request that an observation settles, opaque to this feature; equal when it is the same
 * attempt at the same request.
 */
public interface Completion {
  /** Who asked under which key; kept for ever on the snapshot it makes. */
  RequestKey requestKey();
}
