package io.walletsync.core.access;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.InvalidValue;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;

/** Gives an API key a new secret while the one before still works for a while. */
public final class RotateApiKey {
  /** How long the secret before stays valid if nobody says otherwise. */
  public static final Duration USUAL_OVERLAP = Duration.ofHours(24);

  private static final Duration LONGEST_OVERLAP = Duration.ofDays(7);

  private final ApiKeys keys;
  private final ApiKeyAudit audit;
  private final Transactions transactions;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public RotateApiKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, InstantSource clock) {
    this.keys = keys;
    this.audit = new ApiKeyAudit(auditor);
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Which key, and how long the secret before stays valid: zero to seven days. */
  public record Command(Caller caller, UUID id, Duration overlap) {
    public Command {
      if (overlap.isNegative() || overlap.compareTo(LONGEST_OVERLAP) > 0) {
        throw new InvalidValue("must be 0 to " + LONGEST_OVERLAP.toSeconds() + " seconds");
      }
    }
  }

  /** What came of it. */
  public sealed interface Outcome {
    /** The secret is told once and never again. */
    record Rotated(ApiKey key, OpaqueBytes secret, Instant previousExpiresAt) implements Outcome {}

    record NotFound() implements Outcome {}

    record Revoked() implements Outcome {}

    /** The key may do more than the caller, who would become it by knowing its secret. */
    record ScopeNotHeld() implements Outcome {}
  }

  public Outcome rotate(Command command) {
    return transactions.inTransaction(
        () ->
            keys.lock(command.id(), command.caller().limit())
                .map(key -> rotate(command, key))
                .orElseGet(Outcome.NotFound::new));
  }

  private Outcome rotate(Command command, ApiKey key) {
    if (key.isRevoked()) {
      return new Outcome.Revoked();
    }
    if (!command.caller().scopes().cover(key.scopes())) {
      return new Outcome.ScopeNotHeld();
    }
    var now = Microseconds.cut(clock.instant());
    var previousExpiresAt = now.plus(command.overlap());
    var secret = OpaqueBytes.random(random, CreateApiKey.SECRET_BYTES);
    var version = keys.addSecret(key.id(), secret, now, previousExpiresAt);
    audit.append(
        command.caller().actor(),
        "rotate_api_key",
        key,
        "rotated",
        "secret_version",
        Integer.toString(version),
        "previous_expires_at",
        previousExpiresAt.toString());
    return new Outcome.Rotated(key, secret, previousExpiresAt);
  }
}
