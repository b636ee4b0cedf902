package io.walletsync.core.access;

import io.walletsync.core.audit.AuditEntry;
import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.Auditor;
import io.walletsync.core.kernel.Ids;
import io.walletsync.core.kernel.Page;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.memory.AccessInMemory;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** API keys in memory with everything the use cases around them need, ready for a test. */
public final class AccessExample {
  public static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  public static final OpaqueBytes SECRET = secret("0123456789abcdef0123456789abcdef");

  public final SteppingClock clock = new SteppingClock(NOW);
  public final ApiKeys keys;
  public final Nonces nonces = AccessInMemory.nonces(clock);
  public final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
  public final AuditTrail trail = new RecordedTrail(audited);
  public final Transactions transactions = new NoTransactions();
  public final Ids ids = ApiKeysContract.Sequence::next;
  public final FailedAuthentications failures =
      new FailedAuthentications(auditor(), transactions, clock);

  public AccessExample() {
    this(AccessInMemory.apiKeys());
  }

  public AccessExample(ApiKeys keys) {
    this.keys = keys;
  }

  public AuthenticateRequest authenticateRequest() {
    return new AuthenticateRequest(keys, failures, clock);
  }

  public AuthorizeCaller authorizeCaller() {
    return new AuthorizeCaller(nonces, failures);
  }

  private Auditor auditor() {
    return new Auditor(trail, ids, clock);
  }

  public CreateApiKey createApiKey() {
    return new CreateApiKey(keys, auditor(), transactions, ids, clock);
  }

  public RotateApiKey rotateApiKey() {
    return new RotateApiKey(keys, auditor(), transactions, clock);
  }

  public RevokeApiKey revokeApiKey() {
    return new RevokeApiKey(keys, auditor(), transactions, clock);
  }

  public EnsureBootstrapKey ensureBootstrapKey() {
    return new EnsureBootstrapKey(keys, auditor(), transactions, ids, clock);
  }

  /** Adds a key with {@link #SECRET}. */
  public ApiKey add(String keyId, Scopes scopes, ConnectionLimit limit) {
    var key = new ApiKey(ids.next(), keyId, "Test key", scopes, limit, NOW, null, null);
    if (!keys.add(key, SECRET)) {
      throw new IllegalStateException("the key id is taken");
    }
    return key;
  }

  /** The key's owner, as an authenticated request would show them. */
  public static Caller caller(ApiKey key) {
    return new Caller(
        key.id(), key.keyId(), key.scopes(), key.limit(), null, "192.0.2.1", "request-1");
  }

  public static OpaqueBytes secret(String text) {
    return OpaqueBytes.of(text.getBytes(StandardCharsets.UTF_8));
  }

  private record RecordedTrail(List<AuditEntry> entries) implements AuditTrail {
    @Override
    public void append(List<AuditEntry> more) {
      entries.addAll(more);
    }

    @Override
    public Page<AuditEntry> page(Query query) {
      return new Page<>(entries, false);
    }
  }

  private static final class NoTransactions implements Transactions {
    @Override
    public <T> T inTransaction(Supplier<T> work) {
      return work.get();
    }
  }

  /** Connections that keys are limited to. */
  public static final UUID PAYSTACK = ApiKeysContract.PAYSTACK;

  public static final UUID FINCRA = ApiKeysContract.FINCRA;
}
