package io.walletsync.server.demo;

import io.walletsync.server.provider.simulator.Misbehaviour;
import io.walletsync.server.provider.simulator.fincra.Cause;
import io.walletsync.server.provider.simulator.fincra.FincraSimulator;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV3Simulator;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV4Simulator;
import io.walletsync.server.provider.simulator.paystack.PaystackSimulator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A business at each simulated provider; it forgets its money at the end, and never its names. */
final class SimulatedProviders implements AutoCloseable {
  private static final Duration MOVES_EVERY = Duration.ofSeconds(3);

  /** None of these is a real key, and each is the same in every run. */
  private static final String PAYSTACK_KEY = "sk_test_walletsync_demo_not_a_real_key";

  private static final String FLUTTERWAVE_V3_KEY = "FLWSECK_TEST-walletsync-demo-not-a-real-key-X";
  private static final String FLUTTERWAVE_V4_CLIENT = "walletsync-demo-client";
  private static final String FINCRA_BUSINESS = "64f1c9ef838af8cda0200001";

  private final List<SimulatedBusiness> businesses;

  private SimulatedProviders(List<SimulatedBusiness> businesses) {
    this.businesses = List.copyOf(businesses);
  }

  /** Each listens on a loopback port that was free. */
  static SimulatedProviders start(InstantSource clock) {
    var started = new ArrayList<SimulatedBusiness>();
    try {
      started.add(paystack(PaystackSimulator.start(0, clock)));
      started.add(flutterwaveV3(FlutterwaveV3Simulator.start(0, clock)));
      started.add(flutterwaveV4(FlutterwaveV4Simulator.start(0, clock)));
      started.add(fincra(FincraSimulator.start(0, clock)));
      return new SimulatedProviders(started);
    } catch (RuntimeException e) {
      started.forEach(business -> business.simulator().close());
      throw e;
    }
  }

  List<SimulatedBusiness> businesses() {
    return businesses;
  }

  /** What tells the server to ask these and not the real ones. */
  Map<String, String> settings() {
    var settings = new HashMap<String, String>();
    businesses.forEach(business -> settings.putAll(business.settings()));
    return settings;
  }

  void moveByThemselves() {
    businesses.forEach(business -> business.simulator().moveByItself(MOVES_EVERY));
  }

  /** From now on the last one answers 503 and nothing else, for this long. */
  SimulatedBusiness fail(Duration howLong) {
    var failing = businesses.getLast();
    failing.simulator().misbehave(Misbehaviour.unavailable(100), howLong);
    return failing;
  }

  @Override
  public void close() {
    businesses.forEach(business -> business.simulator().close());
  }

  private static SimulatedBusiness paystack(PaystackSimulator paystack) {
    paystack.addIntegration(
        PAYSTACK_KEY, Map.of("NGN", 2_910_971_757L, "GHS", 48_400L, "KES", 1_250_000L));
    return new SimulatedBusiness(
        "Paystack",
        paystack,
        PAYSTACK_KEY,
        Map.of("WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL", paystack.baseUrl().toString()),
        Map.of(
            "provider", "paystack",
            "name", "Demo store at Paystack",
            "credentials", Map.of("secret_key", PAYSTACK_KEY)),
        List.of(wallet("GHS"), wallet("KES"), wallet("NGN")));
  }

  private static SimulatedBusiness flutterwaveV3(FlutterwaveV3Simulator flutterwave) {
    var hash = "walletsync-demo-v3-hash";
    flutterwave.addMerchant(
        FLUTTERWAVE_V3_KEY,
        hash,
        Map.of("NGN", new BigDecimal("8250300.75"), "USD", new BigDecimal("12480.20")));
    return new SimulatedBusiness(
        "Flutterwave v3",
        flutterwave,
        FLUTTERWAVE_V3_KEY,
        Map.of("WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL", flutterwave.baseUrl().toString()),
        Map.of(
            "provider", "flutterwave",
            "api_version", "v3",
            "name", "Demo store at Flutterwave v3",
            "credentials", Map.of("secret_key", FLUTTERWAVE_V3_KEY, "webhook_secret_hash", hash)),
        List.of(wallet("NGN"), wallet("USD")));
  }

  private static SimulatedBusiness flutterwaveV4(FlutterwaveV4Simulator flutterwave) {
    var secret = "walletsync-demo-v4-secret";
    var hash = "walletsync-demo-v4-hash";
    flutterwave.addMerchant(
        FLUTTERWAVE_V4_CLIENT, secret, hash, Map.of("KES", new BigDecimal("640125.50")));
    return new SimulatedBusiness(
        "Flutterwave v4",
        flutterwave,
        FLUTTERWAVE_V4_CLIENT,
        Map.of(
            "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_BASE_URL", flutterwave.baseUrl().toString(),
            "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V4_TOKEN_URL", flutterwave.tokenUrl().toString()),
        Map.of(
            "provider", "flutterwave",
            "api_version", "v4",
            "environment", "sandbox",
            "name", "Demo store at Flutterwave v4",
            "credentials",
                Map.of(
                    "client_id", FLUTTERWAVE_V4_CLIENT,
                    "client_secret", secret,
                    "webhook_secret_hash", hash)),
        List.of(wallet("KES")));
  }

  /** Two wallets of one currency, told apart by their numbers. */
  private static SimulatedBusiness fincra(FincraSimulator fincra) {
    var key = "walletsync-demo-fincra-key";
    var webhookSecret = "walletsync-demo-fincra-webhooks";
    fincra.addBusiness(key, FINCRA_BUSINESS, webhookSecret);
    var wallets = new ArrayList<Map<String, String>>();
    for (var opening : List.of("3150000.45", "925000")) {
      long id = fincra.addWallet(FINCRA_BUSINESS, "NGN");
      fincra.move(id, Cause.COLLECTION, new BigDecimal(opening));
      wallets.add(Map.of("currency", "NGN", "provider_account_id", Long.toString(id)));
    }
    return new SimulatedBusiness(
        "Fincra",
        fincra,
        FINCRA_BUSINESS,
        Map.of("WALLETSYNC_PROVIDERS_FINCRA_BASE_URL", fincra.baseUrl().toString()),
        Map.of(
            "provider", "fincra",
            "environment", "sandbox",
            "name", "Demo store at Fincra",
            "credentials",
                Map.of(
                    "api_key", key,
                    "business_id", FINCRA_BUSINESS,
                    "webhook_secret", webhookSecret)),
        wallets);
  }

  private static Map<String, String> wallet(String currency) {
    return Map.of("currency", currency);
  }
}
