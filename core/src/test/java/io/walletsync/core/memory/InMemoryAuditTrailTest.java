package io.walletsync.core.memory;

import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.AuditTrailContract;
import io.walletsync.core.kernel.Transactions;
import java.time.InstantSource;

final class InMemoryAuditTrailTest implements AuditTrailContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public AuditTrail auditTrail() {
    return storage.auditTrail();
  }
}
