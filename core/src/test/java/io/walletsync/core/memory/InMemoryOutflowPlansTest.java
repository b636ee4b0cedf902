package io.walletsync.core.memory;

import io.walletsync.core.Examples;
import io.walletsync.core.MutableClock;
import io.walletsync.core.kernel.Transactions;
import io.walletsync.core.runway.OutflowPlans;
import io.walletsync.core.runway.OutflowPlansContract;

final class InMemoryOutflowPlansTest implements OutflowPlansContract {
  private final InMemoryStorage storage = new InMemoryStorage(new MutableClock(Examples.MORNING));

  @Override
  public Transactions transactions() {
    return storage.transactions();
  }

  @Override
  public OutflowPlans plans() {
    return storage.outflowPlans();
  }
}
