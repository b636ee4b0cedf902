package io.walletsync.bench;

import java.io.IOException;
import java.sql.SQLException;
import java.util.List;

/** A kind of work that is measured at several numbers of connections. */
interface Step {
  /** Short, for {@code --only} and the ratios. */
  String name();

  /** What one line of the table is about. */
  String title();

  /**
   * Makes all that is needed before the clock runs.
   *
   * @param perClient how often each client will work, as far as can be foreseen
   */
  Prepared prepare(int connections, int perClient) throws Exception;

  /** Clients that are ready to run. */
  interface Prepared extends AutoCloseable {
    List<? extends Client> clients();

    /**
     * What is not as it must be, now that the clients have run.
     *
     * @param operations how many were done and answered well, outside the measured window too
     */
    List<String> flaws(long operations) throws Exception;

    @Override
    default void close() throws IOException, SQLException {
      for (var client : clients()) {
        client.close();
      }
    }
  }
}
