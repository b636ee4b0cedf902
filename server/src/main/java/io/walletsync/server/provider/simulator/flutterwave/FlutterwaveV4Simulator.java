package io.walletsync.server.provider.simulator.flutterwave;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.ProviderSimulator;
import io.walletsync.server.provider.simulator.Request;
import io.walletsync.server.provider.simulator.flutterwave.Purse.Note;
import io.walletsync.server.provider.simulator.flutterwave.StatementLine.Cause;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/**
 * Speaks the wire format of API v4 and gives tokens for it, to merchants that exist only here,
 * known by client id.
 */
public final class FlutterwaveV4Simulator extends ProviderSimulator {
  private static final String BEARER = "Bearer ";
  private static final Pattern ONE_WALLET = Pattern.compile("GET /wallets/balances/([^/]+)");

  private final InstantSource clock;
  private final AtomicLong ids;
  private final IssuedTokens tokens;
  private final Map<String, Merchant> byClientId = new ConcurrentHashMap<>();
  private volatile Duration tokenLife = Duration.ofMinutes(10);

  private FlutterwaveV4Simulator(int port, InstantSource clock) {
    super(port);
    this.clock = clock;
    ids = new AtomicLong(clock.millis());
    tokens = new IssuedTokens(clock);
  }

  /** Starts listening on a loopback port; 0 takes any that is free. */
  public static FlutterwaveV4Simulator start(int port, InstantSource clock) {
    var simulator = new FlutterwaveV4Simulator(port, clock);
    simulator.listen();
    return simulator;
  }

  public URI tokenUrl() {
    return baseUrl().resolve("/token");
  }

  /** From now on new tokens live this long. */
  public void letTokensLive(Duration life) {
    tokenLife = life;
  }

  /** Ends every token before its time. */
  public void endTokens() {
    tokens.forget();
  }

  /** Opens a merchant whose wallets can pay out these amounts, in major units. */
  public void addMerchant(
      String clientId,
      String clientSecret,
      String webhookSecretHash,
      Map<String, BigDecimal> openings) {
    var merchant = new Merchant(clientSecret, webhookSecretHash, new Purse(openings, clock));
    if (byClientId.putIfAbsent(clientId, merchant) != null) {
      throw new IllegalArgumentException("the client id is taken");
    }
  }

  /** A customer pays, which is announced; this API shows the money when it can be paid out. */
  public void charge(String clientId, String currency, BigDecimal amount) {
    var merchant = merchant(clientId);
    var id = ids.incrementAndGet();
    merchant.purse.move(currency, amount, BigDecimal.ZERO, new Note(Cause.SETTLEMENT, "stm_" + id));
    announce(clientId, V4WireFormat.charge(merchant.hash, id, currency, amount, clock.instant()));
  }

  /** The merchant pays somebody, which is announced. */
  public void transfer(String clientId, String currency, BigDecimal amount) {
    var merchant = merchant(clientId);
    var id = ids.incrementAndGet();
    merchant.purse.move(
        currency, amount.negate(), BigDecimal.ZERO, new Note(Cause.TRANSFER, "trf_" + id));
    announce(clientId, V4WireFormat.transfer(merchant.hash, id, currency, amount, clock.instant()));
  }

  @Override
  protected void moveAtRandom(RandomGenerator random) {
    byClientId.forEach(
        (clientId, merchant) ->
            merchant.purse.any(random).ifPresent(currency -> move(clientId, currency, random)));
  }

  private void move(String clientId, String currency, RandomGenerator random) {
    var purse = merchant(clientId).purse;
    // what is there must still be there when it is taken
    synchronized (purse) {
      var most = purse.wallet(currency).orElseThrow().available();
      if (random.nextInt(10) < 4 && most.signum() > 0) {
        transfer(clientId, currency, RandomAmount.pick(random, most));
      } else {
        charge(clientId, currency, RandomAmount.pick(random));
      }
    }
  }

  @Override
  protected Answer answer(Request request) {
    if (request.route().equals("POST /token")) {
      return token(request);
    }
    return authorized(request)
        .map(merchant -> answer(merchant.purse, request))
        .orElseGet(() -> V4WireFormat.no(401, "UNAUTHORIZED", "10401"));
  }

  private Answer token(Request request) {
    if (!request.form("grant_type").equals(Optional.of("client_credentials"))) {
      return V4WireFormat.noToken(400, "unsupported_grant_type");
    }
    var clientId = request.form("client_id").orElse("");
    var merchant = byClientId.get(clientId);
    return merchant != null && request.form("client_secret").equals(Optional.of(merchant.secret))
        ? V4WireFormat.token(tokens.issue(clientId, tokenLife), tokenLife)
        : V4WireFormat.noToken(401, "invalid_client");
  }

  private static Answer answer(Purse purse, Request request) {
    var route = request.route();
    if (route.equals("GET /wallets/statement")) {
      return V4Statement.of(purse, request);
    }
    if (route.equals("GET /wallets/balances")) {
      return V4WireFormat.balances(purse.wallets());
    }
    var one = ONE_WALLET.matcher(route);
    return one.matches()
        ? purse
            .wallet(one.group(1))
            .map(pots -> V4WireFormat.balance(one.group(1), pots))
            .orElseGet(FlutterwaveV4Simulator::notFound)
        : notFound();
  }

  private static Answer notFound() {
    return V4WireFormat.no(404, "RESOURCE_NOT_FOUND", "10404");
  }

  private Optional<Merchant> authorized(Request request) {
    var authorization = request.header("Authorization");
    return authorization != null && authorization.startsWith(BEARER)
        ? tokens
            .client(authorization.substring(BEARER.length()))
            .map(clientId -> merchant(clientId))
        : Optional.empty();
  }

  private Merchant merchant(String clientId) {
    var merchant = byClientId.get(clientId);
    if (merchant == null) {
      throw new IllegalArgumentException("no merchant has this client id");
    }
    return merchant;
  }

  private record Merchant(String secret, String hash, Purse purse) {
    @Override
    public String toString() {
      return "Merchant[hidden]";
    }
  }
}
