package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.walletsync.server.support.TestDatabase;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.OptionalDouble;
import java.util.regex.Pattern;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Has the database explain each statement in place of answering it, which tells the time of its
 * work without that of writing an answer out.
 */
final class ExplainedWork implements AutoCloseable {
  private static final Pattern TIME = Pattern.compile("Execution Time: ([0-9.]+) ms");

  private final Connection connection;
  private OptionalDouble worked = OptionalDouble.empty();

  ExplainedWork(TestDatabase database) throws SQLException {
    connection = database.asSuperuser().getConnection();
  }

  JdbcClient jdbc() {
    return JdbcClient.create(
        new SingleConnectionDataSource(
            proxy(
                Connection.class,
                (_, method, arguments) -> {
                  if (!method.getName().equals("prepareStatement")) {
                    return method.invoke(connection, arguments);
                  }
                  arguments[0] = "explain (analyze, timing off) " + arguments[0];
                  return explaining((PreparedStatement) method.invoke(connection, arguments));
                }),
            true));
  }

  /** How long the work for the first statement took, in milliseconds. */
  double of(Runnable question) {
    worked = OptionalDouble.empty();
    var end = catchThrowable(question::run);
    assertThat(worked).as("%s", end).isPresent();
    return worked.getAsDouble();
  }

  private PreparedStatement explaining(PreparedStatement statement) {
    return proxy(
        PreparedStatement.class,
        (_, method, arguments) -> {
          var answer = method.invoke(statement, arguments);
          if (answer instanceof ResultSet plan) {
            read(plan);
            throw new SQLException("A plan is no answer.");
          }
          return answer;
        });
  }

  private void read(ResultSet plan) throws SQLException {
    while (plan.next()) {
      var time = TIME.matcher(plan.getString(1));
      if (time.find()) {
        worked = OptionalDouble.of(Double.parseDouble(time.group(1)));
      }
    }
  }

  private static <T> T proxy(Class<T> type, InvocationHandler handler) {
    return type.cast(
        Proxy.newProxyInstance(
            type.getClassLoader(),
            new Class<?>[] {type},
            (self, method, arguments) -> {
              try {
                return handler.invoke(self, method, arguments);
              } catch (InvocationTargetException e) {
                throw e.getTargetException();
              }
            }));
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
