package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of the database. One that lost a deadlock or a serialization conflict has changed
 * nothing and is run again.
 */
final class PostgresTransactions implements Transactions {
  /** deadlock_detected, serialization_failure */
  private static final Set<String> WORTH_ANOTHER_TRY = Set.of("40P01", "40001");

  private static final int TRIES = 4;

  private final TransactionTemplate template;

  PostgresTransactions(PlatformTransactionManager manager) {
    template = new TransactionTemplate(manager);
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    for (var attempt = 1; ; attempt++) {
      try {
        return Objects.requireNonNull(template.execute(_ -> work.get()));
      } catch (RuntimeException e) {
        if (attempt == TRIES || !WORTH_ANOTHER_TRY.contains(sqlState(e))) {
          throw e;
        }
      }
    }
  }

  private static String sqlState(@Nullable Throwable e) {
    for (var cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof SQLException sql && sql.getSQLState() != null) {
        return sql.getSQLState();
      }
    }
    return "";
  }
}
