package io.walletsync.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;

/** Answers every request alike and keeps what it was asked; refuses what is not signed. */
final class StubServer implements AutoCloseable {
  /** A request as it came over the wire. */
  record Seen(String method, String target, Map<String, String> headers, String body) {}

  private final HttpServer server;
  private final List<Seen> requests = new CopyOnWriteArrayList<>();
  private final Map<String, String> headers = new LinkedHashMap<>();
  private int status = 200;
  private String body = "{}";
  private boolean cutShort;
  private final Queue<String> bodies = new ConcurrentLinkedQueue<>();

  StubServer() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  StubServer answers(int status, String contentType, String body) {
    this.status = status;
    this.body = body;
    this.headers.put("Content-Type", contentType);
    return this;
  }

  StubServer answersJson(String json) {
    return answers(200, "application/json", json);
  }

  /** The next answers, one after the other; the last one stands. */
  StubServer answersInTurn(String... json) {
    bodies.addAll(List.of(json));
    return answersJson(json[json.length - 1]);
  }

  /** The next streams, one after the other; then the key is gone. */
  StubServer streamsInTurn(String... streams) {
    bodies.addAll(List.of(streams));
    return refuses(401, "{\"title\":\"The API key is gone\",\"status\":401}");
  }

  StubServer refuses(int status, String problem) {
    return answers(status, "application/problem+json", problem);
  }

  StubServer withHeader(String name, String value) {
    headers.put(name, value);
    return this;
  }

  /** Promises more bytes than it sends, unless it refuses. */
  StubServer cutShort() {
    cutShort = true;
    return this;
  }

  /** The one request that came. */
  Seen request() {
    if (requests.size() != 1) {
      throw new AssertionError("expected one request, saw " + requests);
    }
    return requests.getFirst();
  }

  /** All requests that came. */
  List<Seen> requests() {
    return requests;
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      var seen = seen(exchange);
      requests.add(seen);
      var isSigned = SignatureCheck.passes(seen);
      var next = bodies.poll();
      var bytes =
          (isSigned ? next == null ? body : next : "unsigned").getBytes(StandardCharsets.UTF_8);
      headers.forEach(exchange.getResponseHeaders()::set);
      var answered = next == null ? status : 200;
      var missing = cutShort && answered < 400 ? 10 : 0;
      exchange.sendResponseHeaders(isSigned ? answered : 401, bytes.length + missing);
      exchange.getResponseBody().write(bytes);
      exchange.getResponseBody().flush();
    }
  }

  private static Seen seen(HttpExchange exchange) throws IOException {
    var headers = new LinkedHashMap<String, String>();
    exchange
        .getRequestHeaders()
        .forEach(
            (name, values) ->
                headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
    return new Seen(
        exchange.getRequestMethod(),
        exchange.getRequestURI().toString(),
        headers,
        new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
  }
}
