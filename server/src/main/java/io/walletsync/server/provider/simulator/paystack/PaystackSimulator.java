package io.walletsync.server.provider.simulator.paystack;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.ProviderSimulator;
import io.walletsync.server.provider.simulator.Request;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Speaks Paystack's wire format for businesses that exist only here, known by secret key. */
public final class PaystackSimulator extends ProviderSimulator {
  private static final String BEARER = "Bearer ";

  private final InstantSource clock;
  private final AtomicLong ids;
  private final Map<String, Integration> bySecretKey = new ConcurrentHashMap<>();

  private PaystackSimulator(int port, InstantSource clock) {
    super(port);
    this.clock = clock;
    // so that a later run's ids are higher: nobody moves money five hundred times a second
    ids = new AtomicLong(clock.millis());
  }

  /** Starts listening on a loopback port; 0 takes any that is free. */
  public static PaystackSimulator start(int port, InstantSource clock) {
    var simulator = new PaystackSimulator(port, clock);
    simulator.listen();
    return simulator;
  }

  /** Opens a business with these balances, in subunits (hundredths in every currency). */
  public void addIntegration(String secretKey, Map<String, Long> openingSubunits) {
    var integration = new Integration(openingSubunits, ids, clock);
    if (bySecretKey.putIfAbsent(secretKey, integration) != null) {
      throw new IllegalArgumentException("the secret key is taken");
    }
  }

  /**
   * Moves money in one of its currencies, enters it in the ledger and announces it.
   *
   * @param model what Paystack would call the cause: Transaction, Transfer or Refund
   */
  public void move(String secretKey, String currency, long differenceSubunits, String model) {
    var integration = bySecretKey.get(secretKey);
    if (integration == null) {
      throw new IllegalArgumentException("no integration has this secret key");
    }
    var entry = integration.move(currency, differenceSubunits, model);
    announce(secretKey, WireFormat.notification(entry, secretKey));
  }

  @Override
  protected void moveAtRandom(RandomGenerator random) {
    bySecretKey.forEach(
        (secretKey, integration) ->
            integration
                .moveAtRandom(random)
                .ifPresent(
                    entry -> announce(secretKey, WireFormat.notification(entry, secretKey))));
  }

  @Override
  protected Answer answer(Request request) {
    var authorization = request.header("Authorization");
    if (authorization == null) {
      return WireFormat.no(401, "No Authorization header was found");
    }
    var integration = authorized(authorization);
    if (integration == null) {
      return WireFormat.no(401, "Invalid key");
    }
    return switch (request.route()) {
      case "GET /balance" -> WireFormat.balances(integration.balances());
      case "GET /balance/ledger" -> ledger(integration, request);
      default -> WireFormat.no(404, "Entity not found");
    };
  }

  private static Answer ledger(Integration integration, Request request) {
    Instant from;
    Instant until;
    try {
      from = request.query("from").map(Instant::parse).orElse(Instant.MIN);
    } catch (DateTimeParseException e) {
      return WireFormat.no(400, "Invalid 'from' date passed");
    }
    try {
      until = request.query("to").map(Instant::parse).orElse(Instant.MAX);
    } catch (DateTimeParseException e) {
      return WireFormat.no(400, "Invalid 'to' date passed");
    }
    return WireFormat.ledger(
        integration.ledger().stream()
            .filter(entry -> !entry.at().isBefore(from) && !entry.at().isAfter(until))
            .toList(),
        request.number("perPage", 50),
        request.number("page", 1));
  }

  private @Nullable Integration authorized(String authorization) {
    return authorization.startsWith(BEARER)
        ? bySecretKey.get(authorization.substring(BEARER.length()))
        : null;
  }
}
