package io.walletsync.core.access;

import io.walletsync.core.kernel.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Driven port: where API keys and, sealed, their secrets are kept. */
public interface ApiKeys {
  /** How often the last use of a key is written at most. */
  Duration TOUCH_INTERVAL = Duration.ofMinutes(1);

  /**
   * The key of that public id, revoked ones included. What it returns may be up to one second old,
   * so that most requests need not ask the database.
   */
  Optional<Known> find(String keyId);

  /** Like {@link #find(String)}, but never old. */
  Optional<Known> findNow(String keyId);

  /** The key, if it lies within the limit. */
  Optional<ApiKey> find(UUID id, ConnectionLimit limit);

  /** Like {@link #find(UUID, ConnectionLimit)}, and locked until the transaction ends. */
  Optional<ApiKey> lock(UUID id, ConnectionLimit limit);

  /** Lists the keys that lie within the limit, oldest first. */
  Page<ApiKey> page(ConnectionLimit limit, @Nullable UUID after, int size);

  /** Keeps a key with its first secret; false, and nothing changes, where the key id is taken. */
  boolean add(ApiKey key, OpaqueBytes secret);

  /**
   * Adds the next secret; the oldest one that is still valid expires at the given time if it would
   * not expire sooner, and all others are forgotten, so that there are never more than two. So a
   * rotation that is repeated, because its answer was lost, replaces the secret nobody received and
   * leaves the one in use alone. The caller holds the lock.
   *
   * @return the version of the new secret
   */
  int addSecret(UUID id, OpaqueBytes secret, Instant createdAt, Instant previousExpiresAt);

  /**
   * Remembers a secret that the settings gave for a key, by its fingerprint; false where it is
   * remembered already. The caller holds the lock.
   */
  boolean isNewFromSettings(UUID id, OpaqueBytes fingerprint);

  void setScopes(UUID id, Scopes scopes);

  /** Ends a key for ever and forgets its secrets; a second time changes nothing. */
  void revoke(UUID id, Instant at);

  /** Notes that the key was used; cheap, because it writes at most once a minute. */
  void touch(UUID id, Instant at);

  /**
   * A key together with its secrets, newest first.
   *
   * @param secrets at most two; expired ones may be among them
   */
  record Known(ApiKey key, List<ApiKeySecret> secrets) {
    public Known {
      secrets = List.copyOf(secrets);
    }
  }
}
