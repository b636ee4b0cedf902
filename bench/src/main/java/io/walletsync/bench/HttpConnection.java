package io.walletsync.bench;

import static java.util.stream.Collectors.joining;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * One kept-alive HTTP/1.1 connection that costs its process little: sends bytes that were made
 * before and reads no more of an answer than its status and its end.
 */
final class HttpConnection implements AutoCloseable {
  private static final int LARGEST_HEAD = 8192;
  private static final int NO_CONTENT = 204;
  private static final byte[] CONTENT_LENGTH = ascii("content-length:");
  private static final byte[] CHUNKED = ascii("transfer-encoding: chunked");
  private static final byte[] END_OF_CHUNKS = ascii("0\r\n\r\n");
  private static final byte[] CLOSE = ascii("connection: close");
  private static final byte[] REPLAYED = ascii("idempotent-replayed: true");

  private static final Pattern LENGTH = Pattern.compile("[0-9a-fA-F]*");

  private final int port;
  private byte[] buffer = new byte[LARGEST_HEAD];
  private Socket socket;
  private int filled;
  private int bodyFrom;
  private int bodyUntil;
  private boolean isChunked;
  private boolean mustReconnect;
  private boolean replayed;

  HttpConnection(int port) throws IOException {
    this.port = port;
    socket = connect(port);
  }

  /** Sends a request and returns the status of its answer. */
  int send(byte[] request) throws IOException {
    if (mustReconnect) {
      socket.close();
      socket = connect(port);
    }
    mustReconnect = true; // until the answer is whole
    socket.getOutputStream().write(request);
    return receive();
  }

  /** The body of the last answer. */
  String body() {
    var body = new String(buffer, bodyFrom, bodyUntil - bodyFrom, StandardCharsets.UTF_8);
    // our JSON has no line breaks, so what stands on lines of its own are lengths
    return isChunked
        ? body.lines().filter(l -> !LENGTH.matcher(l).matches()).collect(joining())
        : body;
  }

  /** Whether the last answer was that of an earlier request. */
  boolean isReplayed() {
    return replayed;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private static Socket connect(int port) throws IOException {
    var socket = new Socket();
    socket.setTcpNoDelay(true);
    socket.connect(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), port));
    return socket;
  }

  private int receive() throws IOException {
    filled = 0;
    var headEnd = -1;
    while (headEnd < 0) {
      var searched = Math.max(0, filled - 3);
      read();
      headEnd = endOfHead(searched);
    }
    var length = -1;
    var close = false;
    replayed = false;
    isChunked = false;
    for (var line = nextLine(0); line < headEnd; line = nextLine(line)) {
      switch (buffer[line]) {
        case 'C', 'c' -> {
          if (startsWith(line, CONTENT_LENGTH)) {
            length = number(line + CONTENT_LENGTH.length);
          } else if (startsWith(line, CLOSE)) {
            close = true;
          }
        }
        case 'T', 't' -> isChunked |= startsWith(line, CHUNKED);
        case 'I', 'i' -> replayed |= startsWith(line, REPLAYED);
        default -> {}
      }
    }
    var status = number(9);
    bodyFrom = headEnd + 4;
    if (isChunked) {
      while (!endsWith(END_OF_CHUNKS)) {
        read();
      }
    } else if (length < 0 && status != NO_CONTENT) {
      throw new IOException("An answer with status " + status + " does not say how long it is.");
    } else {
      while (filled < bodyFrom + length) {
        read();
      }
    }
    bodyUntil = filled;
    mustReconnect = close;
    return status;
  }

  private void read() throws IOException {
    if (filled == buffer.length) {
      buffer = Arrays.copyOf(buffer, filled * 2);
    }
    var count = socket.getInputStream().read(buffer, filled, buffer.length - filled);
    if (count < 0) {
      throw new EOFException("The connection was closed before the answer was whole.");
    }
    filled += count;
  }

  private int endOfHead(int from) {
    for (var i = from; i + 3 < filled; i++) {
      if (buffer[i] == '\r' && buffer[i + 2] == '\r' && buffer[i + 3] == '\n') {
        return i;
      }
    }
    return -1;
  }

  private int nextLine(int from) {
    var i = from;
    while (buffer[i] != '\n') {
      i++;
    }
    return i + 1;
  }

  private boolean startsWith(int from, byte[] lowerCase) {
    for (var i = 0; i < lowerCase.length; i++) {
      if (from + i >= filled || (buffer[from + i] | (lowerCase[i] & 0x20)) != lowerCase[i]) {
        return false;
      }
    }
    return true;
  }

  private boolean endsWith(byte[] end) {
    return filled - bodyFrom >= end.length
        && Arrays.equals(buffer, filled - end.length, filled, end, 0, end.length);
  }

  private int number(int from) {
    var i = from;
    while (buffer[i] == ' ') {
      i++;
    }
    var value = 0;
    for (; buffer[i] >= '0' && buffer[i] <= '9'; i++) {
      value = value * 10 + buffer[i] - '0';
    }
    return value;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
