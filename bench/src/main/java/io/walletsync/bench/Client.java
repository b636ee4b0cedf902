package io.walletsync.bench;

import java.io.IOException;
import java.sql.SQLException;

/** One connection that does the same work again and again; used by one thread at a time. */
interface Client extends AutoCloseable {
  /**
   * Does the work once and returns how many operations that was.
   *
   * @throws WorkFailed where the answer was not the expected one
   */
  int work() throws IOException, SQLException, WorkFailed;

  @Override
  void close() throws IOException, SQLException;
}
