package io.walletsync.core.access;

import io.walletsync.core.audit.Actor;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.time.Instant;
import java.time.InstantSource;

/**
 * Makes the API key that the settings name, so that there is a first one to make others with.
 *
 * <p>A new secret in the settings replaces the old one at once, without the overlap of a rotation:
 * it is what an operator does after a leak, and who wants an overlap rotates over the API. A secret
 * that was replaced since the settings first gave it is not new: no restart brings it back.
 */
public final class EnsureBootstrapKey {
  private static final Actor SETTINGS = Actor.system("settings");
  private static final String NAME = "bootstrap";
  private static final int SHORTEST_SECRET = 16;

  private final ApiKeys keys;
  private final ApiKeyAudit audit;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;

  public EnsureBootstrapKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, Ids ids, InstantSource clock) {
    this.keys = keys;
    this.audit = new ApiKeyAudit(auditor);
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /** The key as the settings give it. */
  public record Command(String keyId, OpaqueBytes secret) {
    public Command {
      if (!ApiKey.isKeyId(keyId)) {
        throw new InvalidValue("must be 1 to 64 characters out of A-Z a-z 0-9 _ -");
      }
      if (secret.length() < SHORTEST_SECRET) {
        throw new InvalidValue("must have at least " + SHORTEST_SECRET + " bytes");
      }
    }
  }

  /** What came of it. */
  public enum Outcome {
    CREATED,
    /** The key is there, with this secret. */
    UNCHANGED,
    /** The secret was another one, which no longer works. */
    ROTATED,
    /** The secret was replaced since the settings first gave it, and they do not bring it back. */
    STAYS_RETIRED,
    /** The key was revoked, and the settings do not bring it back. */
    STAYS_REVOKED
  }

  public Outcome ensure(Command command) {
    var now = Microseconds.cut(clock.instant());
    return transactions.inTransaction(
        () -> {
          var key =
              new ApiKey(
                  ids.next(),
                  command.keyId(),
                  NAME,
                  Scopes.EVERY,
                  ConnectionLimit.NONE,
                  now,
                  null,
                  null);
          if (keys.add(key, command.secret())) {
            var _ = keys.isNewFromSettings(key.id(), command.secret().sha256());
            audit.append(SETTINGS, "create_api_key", key, "created");
            return Outcome.CREATED;
          }
          return renew(command, now);
        });
  }

  private Outcome renew(Command command, Instant now) {
    var id = keys.findNow(command.keyId()).orElseThrow().key().id();
    var key = keys.lock(id, ConnectionLimit.NONE).orElseThrow();
    if (key.isRevoked()) {
      return Outcome.STAYS_REVOKED;
    }
    if (!key.scopes().equals(Scopes.EVERY)) {
      // a newer release knows scopes that did not exist when the key was made
      keys.setScopes(id, Scopes.EVERY);
      audit.append(SETTINGS, "widen_api_key", key.with(Scopes.EVERY), "widened");
    }
    // read again: another node may have renewed it while we waited for the lock
    var known = keys.findNow(command.keyId()).orElseThrow();
    var isActive =
        known.secrets().stream()
            .anyMatch(s -> s.isActive(now) && s.value().equals(command.secret()));
    var isNew = keys.isNewFromSettings(id, command.secret().sha256());
    if (isActive) {
      return Outcome.UNCHANGED;
    }
    if (!isNew) {
      return Outcome.STAYS_RETIRED;
    }
    var version = keys.addSecret(id, command.secret(), now, now);
    audit.append(
        SETTINGS,
        "rotate_api_key",
        key,
        "rotated",
        "secret_version",
        Integer.toString(version),
        "previous_expires_at",
        now.toString());
    return Outcome.ROTATED;
  }
}
