package io.walletsync.core.kernel;

import java.util.UUID;

/**
 * An idempotency key together with who used it: two callers may choose the same key.
 *
 * @param requester the internal id of the API key that signed the request
 */
public record RequestKey(UUID requester, IdempotencyKey key) {}
