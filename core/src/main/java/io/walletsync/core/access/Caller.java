package io.walletsync.core.access;

import io.walletsync.core.audit.Actor;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who signed the request that is being served.
 *
 * @param apiKey the internal id of the API key
 * @param nonce still to be used up; null for a request that changes nothing
 */
public record Caller(
    UUID apiKey,
    String keyId,
    Scopes scopes,
    ConnectionLimit limit,
    @Nullable String nonce,
    @Nullable String address,
    @Nullable String requestId) {
  public Actor actor() {
    return new Actor(Actor.Kind.API_KEY, apiKey, keyId, address, requestId);
  }
}
