package io.walletsync.server.provider.simulator.fincra;

import io.walletsync.server.provider.simulator.Answer;
import io.walletsync.server.provider.simulator.ProviderSimulator;
import io.walletsync.server.provider.simulator.Request;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Speaks Fincra's wire format for businesses that exist only here, known by their ids. */
public final class FincraSimulator extends ProviderSimulator {
  private static final long FIRST_WALLET = 207_151;
  private static final int BUSINESS_ID_LENGTH = 24;
  private static final int LARGEST_PAGE = 100;

  private final InstantSource clock;
  private final AtomicLong ids;
  private final AtomicLong walletIds = new AtomicLong(FIRST_WALLET);
  private final Map<String, Merchant> byApiKey = new ConcurrentHashMap<>();
  private final Map<String, Merchant> byBusiness = new ConcurrentHashMap<>();
  private final Map<Long, Merchant> byWallet = new ConcurrentHashMap<>();

  private FincraSimulator(int port, InstantSource clock) {
    super(port);
    this.clock = clock;
    // so that a later run's ids are higher: nobody moves money five hundred times a second
    ids = new AtomicLong(clock.millis());
  }

  /** Starts listening on a loopback port; 0 takes any that is free. */
  public static FincraSimulator start(int port, InstantSource clock) {
    var simulator = new FincraSimulator(port, clock);
    simulator.listen();
    return simulator;
  }

  /** Opens a business; several of one key are a merchant's own and its sub-accounts. */
  public void addBusiness(String apiKey, String businessId, String webhookSecret) {
    var merchant = byApiKey.computeIfAbsent(apiKey, _ -> new Merchant(ids, clock));
    if (byBusiness.putIfAbsent(businessId, merchant) != null) {
      throw new IllegalArgumentException("the business id is taken");
    }
    merchant.addBusiness(businessId, webhookSecret);
  }

  /** Opens an empty wallet, also where the business has one of this currency; returns its id. */
  public long addWallet(String businessId, String currency) {
    var merchant = require(byBusiness.get(businessId), "business");
    long id = walletIds.getAndIncrement();
    merchant.addWallet(id, businessId, currency);
    byWallet.put(id, merchant);
    return id;
  }

  /** Moves money in major units, enters it in the log and announces it. */
  public void move(long wallet, Cause cause, BigDecimal amount) {
    var merchant = require(byWallet.get(wallet), "wallet");
    announce(merchant, merchant.move(wallet, cause, amount));
  }

  @Override
  protected void moveAtRandom(RandomGenerator random) {
    byApiKey
        .values()
        .forEach(
            merchant ->
                merchant.moveAtRandom(random).ifPresent(entry -> announce(merchant, entry)));
  }

  @Override
  protected Answer answer(Request request) {
    var apiKey = request.header("api-key");
    if (apiKey == null) {
      return WireFormat.gateway(401, "No API key found in request");
    }
    var merchant = byApiKey.get(apiKey);
    if (merchant == null) {
      return WireFormat.gateway(401, "Invalid authentication credentials");
    }
    return switch (request.route()) {
      case "GET /wallets" -> wallets(merchant, request);
      case "GET /wallets/logs" -> log(merchant, request);
      default ->
          request.route().matches("GET /wallets/[0-9]+")
              ? wallet(merchant, request.path().substring("/wallets/".length()))
              : WireFormat.gateway(404, "no Route matched with those values");
    };
  }

  private static Answer wallets(Merchant merchant, Request request) {
    var business = request.query("businessID").orElse("");
    if (business.isEmpty()) {
      return WireFormat.no(422, "No payload sent", "UNPROCESSABLE_ENTITY");
    }
    if (business.length() != BUSINESS_ID_LENGTH) {
      return WireFormat.no(
          422,
          "Error occurred during payload validation. businessID length must be 24 characters long",
          "VALIDATION_FAILED");
    }
    if (merchant.webhookSecret(business).isEmpty()) {
      return WireFormat.no(404, "Cannot fetch wallets. Business not found", "RESOURCE_NOT_FOUND");
    }
    return WireFormat.wallets(
        merchant.wallets().stream().filter(wallet -> wallet.business().equals(business)).toList());
  }

  private static Answer wallet(Merchant merchant, String id) {
    return merchant.wallets().stream()
        .filter(wallet -> Long.toString(wallet.id()).equals(id))
        .findFirst()
        .map(WireFormat::wallet)
        .orElseGet(() -> WireFormat.no(404, "Wallet not found", "RESOURCE_NOT_FOUND"));
  }

  private static Answer log(Merchant merchant, Request request) {
    Predicate<SimulatedWallet> asked =
        wallet ->
            request.query("business").map(wallet.business()::equals).orElse(true)
                && request.query("currency").map(wallet.currency()::equals).orElse(true)
                && request
                    .query("dateFrom")
                    .map(day -> day(wallet).compareTo(day) >= 0)
                    .orElse(true)
                && request.query("dateTo").map(day -> day(wallet).compareTo(day) <= 0).orElse(true);
    return WireFormat.log(
        merchant.log().stream().filter(entry -> asked.test(entry.after())).toList(),
        Math.min(LARGEST_PAGE, request.number("perPage", 20)),
        request.number("page", 1));
  }

  /** The day of its newest movement, in UTC; days of this form compare as texts. */
  private static String day(SimulatedWallet wallet) {
    return LocalDate.ofInstant(wallet.updatedAt(), ZoneOffset.UTC).toString();
  }

  private void announce(Merchant merchant, LogEntry entry) {
    var event = entry.cause().event();
    if (event != null) {
      var business = entry.after().business();
      var secret = merchant.webhookSecret(business).orElseThrow();
      announce(business, WireFormat.notification(entry, event, secret));
    }
  }

  private static Merchant require(@Nullable Merchant merchant, String what) {
    if (merchant == null) {
      throw new IllegalArgumentException("no such " + what);
    }
    return merchant;
  }
}
