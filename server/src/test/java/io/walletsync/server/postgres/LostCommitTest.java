package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.support.TestDatabase;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** A commit whose answer is lost may have happened, so its transaction is not run again. */
class LostCommitTest {
  private final DataSource connections = TestDatabase.create().asOwner();
  private final DataSource losingCommits = new LosingCommits(connections);
  private final AtomicInteger runs = new AtomicInteger();

  @BeforeEach
  void aTable() {
    JdbcClient.create(connections).sql("create table movement (id integer)").update();
  }

  @Test
  void isReportedAndNotRepeated() {
    var transactions =
        new PostgresTransactions(
            new JdbcTransactionManager(losingCommits), JdbcClient.create(losingCommits));

    assertThatThrownBy(
            () ->
                transactions.inTransaction(
                    () -> {
                      runs.incrementAndGet();
                      return JdbcClient.create(losingCommits)
                          .sql("insert into movement values (1)")
                          .update();
                    }))
        .isInstanceOf(DataAccessException.class);

    assertThat(runs).hasValue(1);
    assertThat(movements()).isEqualTo(1);
  }

  @Test
  void aConnectionThatBreaksBeforeTheCommitIsTriedAgain() {
    var transactions =
        new PostgresTransactions(
            new JdbcTransactionManager(connections), JdbcClient.create(connections));

    transactions.inTransaction(
        () -> {
          var jdbc = JdbcClient.create(connections);
          var changed = jdbc.sql("insert into movement values (1)").update();
          if (runs.incrementAndGet() == 1) {
            jdbc.sql("select pg_terminate_backend(pg_backend_pid())").query().listOfRows();
          }
          return changed;
        });

    assertThat(runs).hasValue(2);
    assertThat(movements()).isEqualTo(1);
  }

  private int movements() {
    return JdbcClient.create(connections)
        .sql("select count(*) from movement")
        .query(Integer.class)
        .single();
  }

  /** Commits, and then says that the connection broke. */
  private static final class LosingCommits extends DelegatingDataSource {
    private LosingCommits(DataSource target) {
      super(target);
    }

    @Override
    public Connection getConnection() throws SQLException {
      var connection = super.getConnection();
      return (Connection)
          Proxy.newProxyInstance(
              getClass().getClassLoader(),
              new Class<?>[] {Connection.class},
              (_, method, arguments) -> {
                try {
                  var result = method.invoke(connection, arguments);
                  if (method.getName().equals("commit")) {
                    throw new SQLException("the answer to the commit was lost", "08006");
                  }
                  return result;
                } catch (InvocationTargetException e) {
                  throw e.getCause();
                }
              });
    }
  }
}
