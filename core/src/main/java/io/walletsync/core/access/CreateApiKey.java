package io.walletsync.core.access;

import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Microseconds;
import io.walletsync.core.kernel.Transactions;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.HexFormat;

/** Makes an API key; nobody can make one that may do more than their own. */
public final class CreateApiKey {
  private static final int KEY_ID_BYTES = 10;
  static final int SECRET_BYTES = 32;

  private final ApiKeys keys;
  private final ApiKeyAudit audit;
  private final Transactions transactions;
  private final Ids ids;
  private final InstantSource clock;
  private final SecureRandom random = new SecureRandom();

  public CreateApiKey(
      ApiKeys keys, Auditor auditor, Transactions transactions, Ids ids, InstantSource clock) {
    this.keys = keys;
    this.audit = new ApiKeyAudit(auditor);
    this.transactions = transactions;
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * What to make.
   *
   * @param limit a creator who is limited and asks for none hands on the own limit
   */
  public record Command(Caller creator, String name, Scopes scopes, ConnectionLimit limit) {}

  /** What came of it. */
  public sealed interface Outcome {
    /** The secret is told once and never again. */
    record Created(ApiKey key, OpaqueBytes secret) implements Outcome {}

    /** The creator's own key lacks one of the scopes. */
    record ScopeNotHeld() implements Outcome {}

    /** The creator's own key is limited to other connections. */
    record ConnectionNotHeld() implements Outcome {}
  }

  public Outcome create(Command command) {
    var creator = command.creator();
    if (!creator.scopes().cover(command.scopes())) {
      return new Outcome.ScopeNotHeld();
    }
    var limit = command.limit().connections() == null ? creator.limit() : command.limit();
    if (!creator.limit().includes(limit)) {
      return new Outcome.ConnectionNotHeld();
    }
    var id = ids.next();
    var now = Microseconds.cut(clock.instant());
    var keyId =
        "key_" + HexFormat.of().formatHex(OpaqueBytes.random(random, KEY_ID_BYTES).toArray());
    var key = new ApiKey(id, keyId, command.name(), command.scopes(), limit, now, null, null);
    var secret = OpaqueBytes.random(random, SECRET_BYTES);
    return transactions.inTransaction(
        () -> {
          if (!keys.add(key, secret)) {
            throw new IllegalStateException("a random key id was drawn twice");
          }
          audit.append(creator.actor(), "create_api_key", key, "created");
          return new Outcome.Created(key, secret);
        });
  }
}
