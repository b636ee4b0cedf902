package io.walletsync.core.memory;

import io.walletsync.core.kernel.Transactions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/** One transaction at a time; what throws leaves every table as it was. */
final class InMemoryTransactions implements Transactions {
  private final ReentrantLock lock = new ReentrantLock();
  private final List<Table<?, ?>> tables = new ArrayList<>();

  /** A new table that takes part in the transactions. */
  <K, V> Table<K, V> table() {
    var table = new Table<K, V>();
    tables.add(table);
    return table;
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    lock.lock();
    try {
      return lock.getHoldCount() > 1 ? work.get() : outermost(work);
    } finally {
      lock.unlock();
    }
  }

  private <T> T outermost(Supplier<T> work) {
    tables.forEach(Table::begin);
    var committed = false;
    try {
      var result = work.get();
      committed = true;
      return result;
    } finally {
      if (!committed) {
        tables.forEach(Table::rollback);
      }
    }
  }
}
