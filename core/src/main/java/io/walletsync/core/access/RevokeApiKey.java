package io.walletsync.core.access;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;
import java.util.UUID;

/** Ends an API key at once and for ever. */
public final class RevokeApiKey {
  private final ApiKeys keys;
  private final ApiKeyAudit audit;
  private final Transactions transactions;
  private final InstantSource clock;

  public RevokeApiKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, InstantSource clock) {
    this.keys = keys;
    this.audit = new ApiKeyAudit(auditor);
    this.transactions = transactions;
    this.clock = clock;
  }

  /**
   * Which key. Taking away needs no more than the right to change keys, whatever the key may do.
   */
  public record Command(Caller caller, UUID id) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** Now or earlier: revoking twice changes nothing. */
    record Revoked(ApiKey key) implements Outcome {}

    record NotFound() implements Outcome {}
  }

  public Outcome revoke(Command command) {
    return transactions.inTransaction(
        () ->
            keys.lock(command.id(), command.caller().limit())
                .map(key -> revoke(command.caller(), key))
                .orElseGet(Outcome.NotFound::new));
  }

  private Outcome revoke(Caller caller, ApiKey key) {
    if (key.isRevoked()) {
      return new Outcome.Revoked(key);
    }
    var now = Microseconds.cut(clock.instant());
    keys.revoke(key.id(), now);
    audit.append(caller.actor(), "revoke_api_key", key, "revoked");
    return new Outcome.Revoked(key.revoked(now));
  }
}
