package io.walletsync.bench;

import java.io.IOException;
import java.util.Iterator;

/** Sends one prepared request after another over its own connection; all must be answered 200. */
final class HttpClientWork implements Client {
  private static final int OK = 200;

  private final HttpConnection connection;
  private final Iterator<byte[]> requests;
  private final boolean expectsReplay;

  HttpClientWork(int port, Iterator<byte[]> requests, boolean expectsReplay) throws IOException {
    this.connection = new HttpConnection(port);
    this.requests = requests;
    this.expectsReplay = expectsReplay;
  }

  @Override
  public int work() throws IOException, WorkFailed {
    var status = connection.send(requests.next());
    if (status != OK) {
      throw new WorkFailed("status " + status + ": " + connection.body());
    }
    if (expectsReplay != connection.isReplayed()) {
      throw new WorkFailed(expectsReplay ? "an answer is no replay" : "an answer is a replay");
    }
    return 1;
  }

  @Override
  public void close() throws IOException {
    connection.close();
  }
}
