package io.walletsync.server.postgres;

import io.walletsync.core.kernel.Transactions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Transactions of the database. One that certainly changed nothing is run again: it lost a deadlock
 * or a serialization conflict, or its connection turned out to be dead. A commit that failed is
 * never repeated here, for it may have happened.
 */
final class PostgresTransactions implements Transactions {
  /** deadlock_detected, serialization_failure */
  private static final Set<String> CONFLICTS = Set.of("40P01", "40001");

  /** connection_failure, connection_does_not_exist, admin_shutdown */
  private static final Set<String> DEAD_CONNECTIONS = Set.of("08006", "08003", "57P01");

  private static final int TRIES = 4;

  /** A connection that was dead already says so at once; one that timed out has cost enough. */
  private static final Duration AT_ONCE = Duration.ofSeconds(1);

  /**
   * Data that does not fit (22), breaks a constraint (23) or lost a conflict (40), a lock (55) or a
   * statement (57014) that took too long: of the work, not of the database.
   */
  private static final Pattern FAULT_OF_THE_WORK = Pattern.compile("(22|23|40|55).*|57014");

  private final TransactionTemplate template;
  private final JdbcClient jdbc;

  PostgresTransactions(PlatformTransactionManager manager, JdbcClient jdbc) {
    template = new TransactionTemplate(manager);
    this.jdbc = jdbc;
  }

  @Override
  public <T> T inLazyTransaction(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    return inTransaction(
        () -> {
          jdbc.sql("set local synchronous_commit = off").update();
          return work.get();
        });
  }

  /** What is no error of the database was thrown by the work, before any commit. */
  @Override
  public boolean isUndone(RuntimeException failure) {
    return switch (failure) {
      case TransactionException _ -> false;
      case DataAccessException e -> FAULT_OF_THE_WORK.matcher(sqlState(e)).matches();
      default -> true;
    };
  }

  @Override
  public <T> T inTransaction(Supplier<T> work) {
    if (TransactionSynchronizationManager.isActualTransactionActive()) {
      return work.get();
    }
    var begun = System.nanoTime();
    for (var attempt = 1; ; attempt++) {
      var worked = new AtomicBoolean();
      try {
        return Objects.requireNonNull(
            template.execute(
                _ -> {
                  var result = work.get();
                  worked.set(true);
                  return result;
                }));
      } catch (DataAccessException e) {
        if (attempt == TRIES || !changedNothing(sqlState(e), worked.get(), begun)) {
          throw e;
        }
      }
    }
  }

  /** Where the work was done, it was the commit that failed, and its answer may just be lost. */
  private static boolean changedNothing(String sqlState, boolean worked, long begun) {
    return CONFLICTS.contains(sqlState)
        || (!worked
            && DEAD_CONNECTIONS.contains(sqlState)
            && System.nanoTime() - begun < AT_ONCE.toNanos());
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
