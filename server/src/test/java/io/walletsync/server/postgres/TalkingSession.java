package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.walletsync.server.support.TestDatabase;
import java.sql.SQLException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.springframework.jdbc.SQLWarningException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A session of a database that tells of each statement what it did: plan, rows and time. It tells
 * so by a warning, which ends the work: of several statements only the first is looked at.
 */
final class TalkingSession implements AutoCloseable {
  private static final Pattern ACTUAL = Pattern.compile("actual time=\\S+ rows=([0-9.]+)");
  private static final Pattern REMOVED = Pattern.compile("Rows Removed by \\w+: (\\d+)");
  private static final Pattern TOOK = Pattern.compile("duration: ([0-9.]+) ms");

  private final SingleConnectionDataSource session;
  private final JdbcClient jdbc;

  private TalkingSession(SingleConnectionDataSource session, JdbcClient jdbc) {
    this.session = session;
    this.jdbc = jdbc;
  }

  static TalkingSession of(TestDatabase database) throws SQLException {
    var session = new SingleConnectionDataSource(database.asSuperuser().getConnection(), true);
    var template = new JdbcTemplate(session);
    template.execute("load 'auto_explain'");
    template.execute("set auto_explain.log_min_duration = 0");
    template.execute("set auto_explain.log_analyze = on");
    template.execute("set auto_explain.log_buffers = on");
    template.execute("set client_min_messages = log");
    // what the database says about a statement is a warning, and here it is all we want
    template.setIgnoreWarnings(false);
    return new TalkingSession(session, JdbcClient.create(template));
  }

  JdbcClient jdbc() {
    return jdbc;
  }

  /** Whether it looks at each step of a plan, which takes time of its own. */
  void looksClosely(boolean closely) {
    jdbc.sql("set auto_explain.log_analyze = " + (closely ? "on" : "off")).update();
  }

  /** The statement reads no table from one end to the other, and no more rows than given. */
  void assertReads(int most, Runnable question) {
    var plan = told(question);
    assertThat(plan).contains("Index").doesNotContain("Seq Scan");
    assertThat(numbers(ACTUAL, plan) + numbers(REMOVED, plan)).as(plan).isLessThanOrEqualTo(most);
  }

  /** How long the statement took the database, in milliseconds. */
  double took(Runnable question) {
    var matcher = TOOK.matcher(told(question));
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }

  /** The largest, for what one step hands to the next is the same rows again. */
  private static long numbers(Pattern pattern, String plan) {
    return pattern
        .matcher(plan)
        .results()
        .mapToLong(match -> Math.round(Double.parseDouble(match.group(1))))
        .max()
        .orElse(0);
  }

  private static String told(Runnable question) {
    var warning = catchThrowableOfType(SQLWarningException.class, question::run);
    var told = Objects.requireNonNull(warning).getSQLWarning();
    return Objects.requireNonNull(Objects.requireNonNull(told).getMessage());
  }

  @Override
  public void close() {
    session.destroy();
  }
}
