package io.walletsync.core.memory;

import io.walletsync.core.alert.Alerts;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.rule.AlertRules;
import io.walletsync.core.rule.AlertRulesContract;
import java.time.InstantSource;

final class InMemoryAlertRulesTest implements AlertRulesContract {
  private final InMemoryStorage storage = new InMemoryStorage(InstantSource.system());

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public AlertRules rules() {
    return storage.alertRules();
  }

  @Override
  public Alerts alerts() {
    return storage.alerts();
  }
}
