package io.walletsync.server.postgres;

import io.walletsync.core.audit.AuditTrail;
import io.walletsync.core.audit.AuditTrailContract;
import io.walletsync.core.kernel.Transactions;

final class PostgresAuditTrailTest implements AuditTrailContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public AuditTrail auditTrail() {
    return Ports.auditTrail();
  }
}
