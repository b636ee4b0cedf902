package io.walletsync.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Status and end of an answer are found however it is framed and cut into pieces. */
class HttpConnectionTest {
  private static final byte[] REQUEST = "GET / HTTP/1.1\r\n\r\n".getBytes(US_ASCII);

  @Test
  void readsAnAnswerOfAGivenLengthThatComesInPieces() throws Exception {
    try (var server =
            new Answering(List.of("HTTP/1.1 200 OK\r\nContent-Le", "ngth: 4\r\n\r\nab", "cd"));
        var connection = new HttpConnection(server.port())) {
      assertThat(connection.send(REQUEST)).isEqualTo(200);
      assertThat(connection.body()).isEqualTo("abcd");
      assertThat(connection.isReplayed()).isFalse();
    }
  }

  @Test
  void readsAnAnswerInChunks() throws Exception {
    try (var server =
            new Answering(
                List.of(
                    "HTTP/1.1 503 \r\nTransfer-Encoding: chunked\r\n\r\n3\r\n{\"a\r\n",
                    "4\r\n\":1}\r\n0\r\n",
                    "\r\n"));
        var connection = new HttpConnection(server.port())) {
      assertThat(connection.send(REQUEST)).isEqualTo(503);
      assertThat(connection.body()).isEqualTo("{\"a\":1}");
    }
  }

  @Test
  void seesAReplayAndConnectsAnewWhereTheServerCloses() throws Exception {
    var answer =
        "HTTP/1.1 200 \r\nIdempotent-Replayed: true\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
    try (var server = new Answering(List.of(answer));
        var connection = new HttpConnection(server.port())) {
      assertThat(connection.send(REQUEST)).isEqualTo(200);
      assertThat(connection.isReplayed()).isTrue();
      assertThat(connection.send(REQUEST)).isEqualTo(200);
    }
  }

  @Test
  void refusesHalfAnAnswer() throws Exception {
    try (var server = new Answering(List.of("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nab"));
        var connection = new HttpConnection(server.port())) {
      assertThatThrownBy(() -> connection.send(REQUEST)).hasMessageContaining("before the answer");
    }
  }

  /** Answers one request on each connection with the given pieces, then closes it. */
  private static final class Answering implements AutoCloseable {
    private final ServerSocket listener =
        new ServerSocket(0, 5, InetAddress.ofLiteral("127.0.0.1"));
    private final List<String> pieces;

    Answering(List<String> pieces) throws IOException {
      this.pieces = pieces;
      Thread.ofVirtual().start(this::serve);
    }

    int port() {
      return listener.getLocalPort();
    }

    private void serve() {
      try {
        while (true) {
          try (var socket = listener.accept()) {
            socket.setTcpNoDelay(true);
            socket.getInputStream().readNBytes(REQUEST.length);
            for (var piece : pieces) {
              socket.getOutputStream().write(piece.getBytes(US_ASCII));
              socket.getOutputStream().flush();
            }
          }
        }
      } catch (IOException e) {
        // the test is over
      }
    }

    @Override
    public void close() throws IOException {
      listener.close();
    }
  }
}
