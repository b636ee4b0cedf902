package io.walletsync.server.postgres;

import io.walletsync.core.alert.Alerts;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.AlertRulesContract;

final class PostgresAlertRulesTest implements AlertRulesContract {
  @Override
  public Transactions transactions() {
    return Ports.transactions();
  }

  @Override
  public AlertRules rules() {
    return Ports.alertRules();
  }

  @Override
  public Alerts alerts() {
    return Ports.alerts();
  }
}
