package io.walletsync.bench;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * A provider in a process of its own that costs as little as a provider can: it reads no more of a
 * request than its target and its key, and answers what the documented API answers.
 *
 * <p>{@code /control/changing} and {@code /control/still} say whether money moves between calls;
 * {@code /control/calls} says how many calls there were.
 */
final class ProviderStub {
  private static final int LARGEST_REQUEST = 16 * 1024;
  private static final int BACKLOG = 1024;

  private final ProviderReplies replies = new ProviderReplies();
  private final LongAdder calls = new LongAdder();

  /** Serves until the process is ended; says its port first. */
  static void serve() throws IOException {
    var stub = new ProviderStub();
    try (var listener = new ServerSocket(0, BACKLOG, InetAddress.ofLiteral("127.0.0.1"))) {
      System.out.println(listener.getLocalPort());
      System.out.flush();
      while (true) {
        var socket = listener.accept();
        Thread.ofPlatform().daemon().stackSize(256 * 1024).start(() -> stub.serve(socket));
      }
    }
  }

  private void serve(Socket accepted) {
    try (var socket = accepted) {
      socket.setTcpNoDelay(true);
      var buffer = new byte[LARGEST_REQUEST];
      var output = socket.getOutputStream();
      for (var length = read(socket.getInputStream(), buffer);
          length > 0;
          length = read(socket.getInputStream(), buffer)) {
        output.write(answer(new String(buffer, 0, length, StandardCharsets.ISO_8859_1)));
      }
    } catch (IOException e) {
      // the caller went away, as callers do
    }
  }

  /** One request without a body, as all of these are; 0 where the caller is done. */
  private static int read(InputStream input, byte[] buffer) throws IOException {
    var filled = 0;
    while (filled < buffer.length) {
      var count = input.read(buffer, filled, buffer.length - filled);
      if (count < 0) {
        return 0;
      }
      filled += count;
      if (buffer[filled - 1] == '\n' && buffer[filled - 2] == '\r' && buffer[filled - 3] == '\n') {
        return filled;
      }
    }
    throw new IOException("a request too long to be a call for a balance");
  }

  private byte[] answer(String request) {
    var from = request.indexOf(' ') + 1;
    var target = request.substring(from, request.indexOf(' ', from));
    return response(
        switch (target) {
          case "/control/changing" -> replies.change(true);
          case "/control/still" -> replies.change(false);
          case "/control/calls" -> Long.toString(calls.sum());
          default -> {
            calls.increment();
            yield replies.to(target, request);
          }
        });
  }

  private static byte[] response(String body) {
    return ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body)
        .getBytes(StandardCharsets.ISO_8859_1);
  }
}
