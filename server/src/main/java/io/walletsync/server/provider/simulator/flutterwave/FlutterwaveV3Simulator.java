package io.walletsync.server.provider.simulator.flutterwave;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.ProviderSimulator;
import io.walletsync.server.provider.simulator.Request;
import io.walletsync.server.provider.simulator.flutterwave.Purse.Note;
import io.walletsync.server.provider.simulator.flutterwave.StatementLine.Cause;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Speaks the wire format of API v3 for merchants that exist only here, known by secret key. */
public final class FlutterwaveV3Simulator extends ProviderSimulator {
  private static final String BEARER = "Bearer ";
  private static final Pattern ONE_WALLET = Pattern.compile("GET /balances/([^/]+)");
  private static final Pattern SUB_ACCOUNT =
      Pattern.compile("GET /payout-subaccounts/([^/]+)/(balances|transactions)");

  private final InstantSource clock;
  private final AtomicLong ids;
  private final Map<String, Merchant> bySecretKey = new ConcurrentHashMap<>();

  private FlutterwaveV3Simulator(int port, InstantSource clock) {
    super(port);
    this.clock = clock;
    // so that a later run's ids are higher
    ids = new AtomicLong(clock.millis());
  }

  /** Starts listening on a loopback port; 0 takes any that is free. */
  public static FlutterwaveV3Simulator start(int port, InstantSource clock) {
    var simulator = new FlutterwaveV3Simulator(port, clock);
    simulator.listen();
    return simulator;
  }

  /** Opens a merchant whose wallets can pay out these amounts, in major units. */
  public void addMerchant(
      String secretKey, String webhookSecretHash, Map<String, BigDecimal> openings) {
    var merchant =
        new Merchant(webhookSecretHash, new Purse(openings, clock), new ConcurrentHashMap<>());
    if (bySecretKey.putIfAbsent(secretKey, merchant) != null) {
      throw new IllegalArgumentException("the secret key is taken");
    }
  }

  /** Opens a payout sub-account with wallets of its own; nothing moves in them by itself. */
  public void addSubAccount(String secretKey, String reference, Map<String, BigDecimal> openings) {
    merchant(secretKey).subAccounts.put(reference, new Purse(openings, clock));
  }

  /** A customer pays: it is collected, not yet settled, and announced. */
  public void charge(String secretKey, String currency, BigDecimal amount) {
    var merchant = merchant(secretKey);
    var id = ids.incrementAndGet();
    merchant.main.move(
        currency, BigDecimal.ZERO, amount, new Note(Cause.SETTLEMENT, "order-" + id));
    var now = clock.instant();
    announce(secretKey, V3WireFormat.charge(merchant.hash, id, currency, amount, now));
  }

  /** What was collected can be paid out; Flutterwave announces no such thing. */
  public void settle(String secretKey, String currency, BigDecimal amount) {
    var note = new Note(Cause.SETTLEMENT, "settlement-" + ids.incrementAndGet());
    merchant(secretKey).main.move(currency, amount, amount.negate(), note);
  }

  /** The merchant pays somebody, which is announced. */
  public void transfer(String secretKey, String currency, BigDecimal amount) {
    var merchant = merchant(secretKey);
    var id = ids.incrementAndGet();
    merchant.main.move(
        currency, amount.negate(), BigDecimal.ZERO, new Note(Cause.TRANSFER, "payout-" + id));
    var now = clock.instant();
    announce(secretKey, V3WireFormat.transfer(merchant.hash, id, currency, amount, now));
  }

  @Override
  protected void moveAtRandom(RandomGenerator random) {
    bySecretKey.forEach(
        (secretKey, merchant) ->
            merchant.main.any(random).ifPresent(currency -> move(secretKey, currency, random)));
  }

  private void move(String secretKey, String currency, RandomGenerator random) {
    var purse = merchant(secretKey).main;
    // what is there must still be there when it is taken
    synchronized (purse) {
      var pots = purse.wallet(currency).orElseThrow();
      int kind = random.nextInt(10);
      if (kind < 2 && pots.available().signum() > 0) {
        transfer(secretKey, currency, RandomAmount.pick(random, pots.available()));
      } else if (kind < 5 && pots.collected().signum() > 0) {
        settle(secretKey, currency, pots.collected());
      } else {
        charge(secretKey, currency, RandomAmount.pick(random));
      }
    }
  }

  @Override
  protected Answer answer(Request request) {
    var merchant = authorized(request.header("Authorization"));
    if (merchant == null) {
      return V3WireFormat.no(401, "Authorization required");
    }
    var route = request.route();
    if (route.equals("GET /balances")) {
      return V3WireFormat.balances(merchant.main.wallets());
    }
    if (route.equals("GET /wallet/statement")) {
      return V3Statement.of(merchant.main, request, "Wallet statement fetched");
    }
    var one = ONE_WALLET.matcher(route);
    if (one.matches()) {
      return wallet(merchant.main, one.group(1), "Wallet balance fetched");
    }
    var subAccount = SUB_ACCOUNT.matcher(route);
    if (!subAccount.matches()) {
      return V3WireFormat.no(404, "Not found");
    }
    var purse = merchant.subAccounts.get(subAccount.group(1));
    return subAccount.group(2).equals("balances")
        ? subAccount(purse, request)
        : transactions(purse, request);
  }

  private static Answer subAccount(@Nullable Purse purse, Request request) {
    if (purse == null) {
      return V3WireFormat.no(400, "Payout Subaccount not found");
    }
    return request
        .query("currency")
        .map(currency -> wallet(purse, currency, "Subaccount balance fetched"))
        .orElseGet(() -> V3WireFormat.no(400, "currency is required"));
  }

  private static Answer transactions(@Nullable Purse purse, Request request) {
    return purse == null
        ? V3WireFormat.no(400, "Invalid Account Reference")
        : V3Statement.of(purse, request, "Wallet statement retrieved");
  }

  /** A wallet that does not exist is an error under status 200. */
  private static Answer wallet(Purse purse, String currency, String message) {
    return purse
        .wallet(currency)
        .map(pots -> V3WireFormat.balance(message, currency, pots))
        .orElseGet(() -> V3WireFormat.no(200, "No wallet found for specified currency"));
  }

  private @Nullable Merchant authorized(@Nullable String authorization) {
    return authorization != null && authorization.startsWith(BEARER)
        ? bySecretKey.get(authorization.substring(BEARER.length()))
        : null;
  }

  private Merchant merchant(String secretKey) {
    var merchant = bySecretKey.get(secretKey);
    if (merchant == null) {
      throw new IllegalArgumentException("no merchant has this secret key");
    }
    return merchant;
  }

  private record Merchant(String hash, Purse main, Map<String, Purse> subAccounts) {
    @Override
    public String toString() {
      return "Merchant[hidden]";
    }
  }
}
