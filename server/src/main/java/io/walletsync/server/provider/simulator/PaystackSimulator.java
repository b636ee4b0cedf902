package io.walletsync.server.provider.simulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;

/**
 * Speaks Paystack's wire format on a loopback port, for businesses that exist only here. Made to
 * try WalletSync out, not to be relied on: it forgets everything when it stops.
 */
public final class PaystackSimulator implements AutoCloseable {
  private static final String HOST = "127.0.0.1";
  private static final String BEARER = "Bearer ";

  static {
    // the JDK's server has no other knob; without it a larger reply waits 40 ms for an
    // acknowledgement
    System.setProperty("sun.net.httpserver.nodelay", "true");
  }

  private final InstantSource clock;
  private final HttpServer listener;
  private final AtomicLong ids;
  private final RandomGenerator random = RandomGenerator.getDefault();
  private final Map<String, Integration> bySecretKey = new ConcurrentHashMap<>();
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(Thread.ofVirtual().factory());

  private PaystackSimulator(HttpServer listener, InstantSource clock) {
    this.listener = listener;
    this.clock = clock;
    // so that a later run's ids are higher: nobody moves money five hundred times a second
    ids = new AtomicLong(clock.millis());
  }

  /** Starts listening on a loopback port; 0 takes any that is free. */
  public static PaystackSimulator start(int port, InstantSource clock) {
    try {
      var address = new InetSocketAddress(InetAddress.ofLiteral(HOST), port);
      var simulator = new PaystackSimulator(HttpServer.create(address, 0), clock);
      simulator.listener.setExecutor(simulator.threads);
      simulator.listener.createContext("/", simulator::handle);
      simulator.listener.start();
      return simulator;
    } catch (IOException e) {
      throw new UncheckedIOException("the simulator cannot listen on port " + port, e);
    }
  }

  public URI baseUrl() {
    return URI.create("http://" + HOST + ":" + listener.getAddress().getPort());
  }

  /** Opens a business with these balances, in subunits (hundredths in every currency). */
  public void addIntegration(String secretKey, Map<String, Long> openingSubunits) {
    var integration = new Integration(openingSubunits, ids, clock);
    if (bySecretKey.putIfAbsent(secretKey, integration) != null) {
      throw new IllegalArgumentException("the secret key is taken");
    }
  }

  /**
   * Moves money in one of its currencies and enters it in the ledger.
   *
   * @param model what Paystack would call the cause: Transaction, Transfer or Refund
   */
  public void move(String secretKey, String currency, long differenceSubunits, String model) {
    var integration = bySecretKey.get(secretKey);
    if (integration == null) {
      throw new IllegalArgumentException("no integration has this secret key");
    }
    integration.move(currency, differenceSubunits, model);
  }

  /** From now on moves money of a random currency of every business, once in each interval. */
  public void moveByItself(Duration every) {
    var _ =
        ticks.scheduleAtFixedRate(
            () -> bySecretKey.values().forEach(integration -> integration.moveAtRandom(random)),
            every.toNanos(),
            every.toNanos(),
            TimeUnit.NANOSECONDS);
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    listener.stop(0);
    threads.close();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try {
      var answer = answer(exchange);
      exchange.getResponseHeaders().set("Content-Type", "application/json; charset=utf-8");
      exchange.sendResponseHeaders(answer.status(), answer.body().length);
      exchange.getResponseBody().write(answer.body());
    } finally {
      exchange.close();
    }
  }

  private Answer answer(HttpExchange exchange) {
    var authorization = exchange.getRequestHeaders().getFirst("Authorization");
    if (authorization == null) {
      return new Answer(401, WireFormat.no("No Authorization header was found"));
    }
    var integration =
        authorization.startsWith(BEARER)
            ? bySecretKey.get(authorization.substring(BEARER.length()))
            : null;
    if (integration == null) {
      return new Answer(401, WireFormat.no("Invalid key"));
    }
    return switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
      case "GET /balance" -> new Answer(200, WireFormat.balances(integration.balances()));
      case "GET /balance/ledger" -> {
        var asked = PageRequest.of(exchange.getRequestURI());
        yield new Answer(
            200, WireFormat.ledger(integration.ledger(), asked.perPage(), asked.page()));
      }
      default -> new Answer(404, WireFormat.no("Entity not found"));
    };
  }

  @SuppressWarnings("ArrayRecordComponent") // written once, never compared
  private record Answer(int status, byte[] body) {}
}
