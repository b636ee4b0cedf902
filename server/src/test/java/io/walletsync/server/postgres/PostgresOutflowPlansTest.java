package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.runway.OutflowPlansContract;

final class PostgresOutflowPlansTest implements OutflowPlansContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public OutflowPlans plans() {
    return Ports.outflowPlans();
  }
}
