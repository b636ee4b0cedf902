package io.walletsync.server.postgres;

import io.walletsync.core.alert.Alerts;
import io.walletsync.core.alert.AlertsContract;
import io.walletsync.core.kernel.Transactions;

final class PostgresAlertsTest implements AlertsContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public Alerts alerts() {
    return Ports.alerts();
  }
}
