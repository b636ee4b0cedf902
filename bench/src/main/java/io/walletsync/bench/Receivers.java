package io.walletsync.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;

/**
 * Those who are told by webhook: most answer at once, one takes its time, and of some nobody is
 * there at all. Each counts what it got by the ids of the messages, as a receiver should.
 */
final class Receivers implements AutoCloseable {
  /** A slow one is done just before the sender gives up. */
  private static final Duration SLOW = Duration.ofSeconds(10);

  private static final Pattern HAPPENED = Pattern.compile("\"timestamp\":\"([^\"]+)\"");
  private static final int NO_CONTENT = 204;

  private final HttpServer server;
  private final int deadPort;
  private final InstantSource clock;
  private final Map<String, Map<String, Duration>> heard = new ConcurrentHashMap<>();

  private Receivers(HttpServer server, int deadPort, InstantSource clock) {
    this.server = server;
    this.deadPort = deadPort;
    this.clock = clock;
  }

  static Receivers start(InstantSource clock) throws IOException {
    var loopback = InetAddress.ofLiteral("127.0.0.1");
    var gone = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    var server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    var receivers = new Receivers(server, gone.getAddress().getPort(), clock);
    gone.stop(0);
    server.createContext("/", receivers::receive);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    return receivers;
  }

  String healthy(int number) {
    return url(server.getAddress().getPort(), "/healthy/" + number);
  }

  String slow() {
    return url(server.getAddress().getPort(), "/slow");
  }

  String dead() {
    return url(deadPort, "/dead");
  }

  private static String url(int port, String path) {
    return "http://127.0.0.1:" + port + path;
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      var path = exchange.getRequestURI().getPath();
      var now = clock.instant();
      if (path.equals("/slow")) {
        sleep(SLOW);
      }
      exchange.sendResponseHeaders(NO_CONTENT, -1);
      var happened = HAPPENED.matcher(body);
      if (happened.find()) {
        heard
            .computeIfAbsent(path, _ -> new ConcurrentHashMap<>())
            .putIfAbsent(
                String.valueOf(exchange.getRequestHeaders().getFirst("webhook-id")),
                Duration.between(Instant.parse(happened.group(1)), now));
      }
    }
  }

  private static void sleep(Duration time) {
    try {
      Thread.sleep(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** How many messages one of them got, each counted once. */
  int heard(int number) {
    return heard.getOrDefault("/healthy/" + number, Map.of()).size();
  }

  /** How long after it happened the healthy ones heard of it, of what came since the last call. */
  Latencies delays() {
    var delays =
        heard.entrySet().stream()
            .filter(of -> of.getKey().startsWith("/healthy/"))
            .flatMap(of -> List.copyOf(of.getValue().values()).stream())
            .mapToLong(Duration::toNanos);
    return new Latencies(delays);
  }

  void forget() {
    heard.clear();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
