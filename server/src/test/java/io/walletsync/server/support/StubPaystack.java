package io.walletsync.server.support;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/**
 * A Paystack that says what a test tells it to, for each secret key on its own, and counts how
 * often it was asked for a balance.
 */
public final class StubPaystack implements AutoCloseable {
  private static final String NO_LEDGER =
      "{\"status\":true,\"message\":\"Balance ledger retrieved\",\"data\":[],"
          + "\"meta\":{\"total\":0,\"skipped\":0,\"perPage\":50,\"page\":1,\"pageCount\":0}}";

  private final HttpServer server;
  private final Map<String, Function<Integer, Reply>> balances = new ConcurrentHashMap<>();
  private final Map<String, String> ledgers = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> calls = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> requests = new ConcurrentHashMap<>();

  public StubPaystack() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/balance", this::answer);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  public URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** From now on that key's integration has these subunits of one currency, and no ledger. */
  public void has(String secretKey, String currency, long subunits) {
    replies(secretKey, _ -> balance(currency, subunits));
  }

  /** From now on each call is answered by the function of its number, which counts from 1. */
  public void replies(String secretKey, Function<Integer, Reply> reply) {
    balances.put(secretKey, reply);
  }

  /** From now on the newest ledger row of that key's integration is this one. */
  public void ledger(String secretKey, String currency, long subunits, long id, String createdAt) {
    ledgers.put(
        secretKey,
        """
        {"status":true,"message":"Balance ledger retrieved","data":[{"integration":463433,
        "domain":"test","balance":%d,"currency":"%s","difference":100,"reason":"",
        "model_responsible":"Transaction","model_row":1073891448,"id":%d,
        "createdAt":"%s","updatedAt":"%s"}],
        "meta":{"total":1,"skipped":0,"perPage":50,"page":1,"pageCount":1}}
        """
            .formatted(subunits, currency, id, createdAt, createdAt));
  }

  public void noLedger(String secretKey) {
    ledgers.remove(secretKey);
  }

  /** How often that key's balance was asked for. */
  public int calls(String secretKey) {
    return calls.computeIfAbsent(secretKey, _ -> new AtomicInteger()).get();
  }

  /** How often that key was used at all, the ledger included. */
  public int requests(String secretKey) {
    return requests.computeIfAbsent(secretKey, _ -> new AtomicInteger()).get();
  }

  public static Reply balance(String currency, long subunits) {
    return new Reply(
        200,
        "{\"status\":true,\"message\":\"Balances retrieved\",\"data\":[{\"currency\":\"%s\",\"balance\":%d}]}"
            .formatted(currency, subunits));
  }

  private void answer(HttpExchange exchange) throws IOException {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    var key = authorization == null ? "" : authorization.replace("Bearer ", "");
    requests.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet();
    var behaviour = balances.get(key);
    Reply reply;
    if (behaviour == null) {
      reply = new Reply(401, "{\"status\":false,\"message\":\"Invalid key\"}");
    } else if (exchange.getRequestURI().getPath().equals("/balance/ledger")) {
      reply = new Reply(200, ledgers.getOrDefault(key, NO_LEDGER));
    } else {
      reply =
          behaviour.apply(calls.computeIfAbsent(key, _ -> new AtomicInteger()).incrementAndGet());
    }
    var bytes = reply.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(reply.status(), bytes.length);
    exchange.getResponseBody().write(bytes);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  /** What it says. */
  public record Reply(int status, String body) {}
}
