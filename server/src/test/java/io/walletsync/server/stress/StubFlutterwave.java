package io.walletsync.server.stress;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/**
 * Flutterwave's API v3 with one base URL for each node, so that every call is known to be a node's,
 * and a balance that no other call tells, so that every record is known to be a call's. It can keep
 * a node waiting.
 */
final class StubFlutterwave implements AutoCloseable {
  static final List<String> CURRENCIES = List.of("NGN", "GHS", "KES");

  private static final long FIRST_BALANCE = 1_000_000;

  private final HttpServer server;
  private final AtomicInteger balances = new AtomicInteger();
  private final List<Call> calls = new CopyOnWriteArrayList<>();
  private final Map<String, Hold> holds = new ConcurrentHashMap<>();

  StubFlutterwave() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** A call of a node for the merchant of a secret key, and what each of its wallets has. */
  record Call(String node, String secretKey, long balance) {}

  /** Calls that wait, and what they wait for. */
  record Hold(CountDownLatch ended, List<Call> calls) {
    void end() {
      ended.countDown();
    }
  }

  /** Where a node finds it. */
  URI url(String node) {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + node + "/v3");
  }

  /** From now on that node's calls wait; earlier ones go on to wait for what they waited for. */
  Hold hold(String node) {
    var hold = new Hold(new CountDownLatch(1), new CopyOnWriteArrayList<>());
    holds.put(node, hold);
    return hold;
  }

  /** From now on that node's calls are answered at once again. */
  void answer(String node) {
    holds.remove(node);
  }

  List<Call> calls() {
    return List.copyOf(calls);
  }

  private void answer(HttpExchange exchange) throws IOException {
    var path = exchange.getRequestURI().getPath().split("/", -1);
    var key = exchange.getRequestHeaders().getFirst("Authorization").replace("Bearer ", "");
    var call = new Call(path[1], key, FIRST_BALANCE + balances.incrementAndGet());
    calls.add(call);
    var hold = holds.get(call.node());
    if (hold != null) {
      hold.calls().add(call);
      awaitEnd(hold);
    }
    var isForOne = path.length > 4;
    var data =
        isForOne
            ? entry(path[4], call)
            : CURRENCIES.stream()
                .map(currency -> entry(currency, call))
                .collect(Collectors.joining(",", "[", "]"));
    var bytes =
        ("{\"status\":\"success\",\"message\":\"Fetched\",\"data\":" + data + "}").getBytes(UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(200, bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  private static String entry(String currency, Call call) {
    return "{\"currency\":\"%s\",\"available_balance\":%d,\"ledger_balance\":0}"
        .formatted(currency, call.balance());
  }

  private static void awaitEnd(Hold hold) {
    try {
      hold.ended().await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    holds.values().forEach(Hold::end);
    server.stop(0);
  }
}
