package io.walletsync.server.provider.flutterwave.v4;

import static java.util.stream.Collectors.joining;

import com.github.benmanes.caffeine.cache.Ticker;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.provider.flutterwave.Broken;
import io.walletsync.server.provider.flutterwave.Samples;
import io.walletsync.server.provider.flutterwave.v4.V4Calls.Hosts;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

/** API v4 as the tests see it: a stub that gives tokens and answers, the adapter, and a clock. */
final class V4Stub implements AutoCloseable {
  static final String SECRET = "client-secret-0123456789abcdef";
  static final String TOKEN = "eyJhbGciOiJSUzI1NiIsInR5cCIgOiAiSldUIn0.example.example";

  final StubProvider stub = new StubProvider();
  final ProviderHttp http =
      new ProviderHttp(InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z")));
  private final AtomicLong nanos = new AtomicLong();
  private final Ticker ticker = nanos::get;
  final FlutterwaveV4BalanceProvider provider =
      new FlutterwaveV4BalanceProvider(
          http,
          new FlutterwaveV4Tokens(http, stub.url() + "/token", ticker),
          new Hosts(stub.url() + "/live", stub.url() + "/sandbox"));

  V4Stub() {
    theToken(Scene.ok(Samples.text("v4/token")));
  }

  void theToken(Scene scene) {
    stub.at("/token", scene);
  }

  void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  /** How often a token was asked for. */
  long tokensAsked() {
    return stub.asked().stream().filter(asked -> asked.target().equals("/token")).count();
  }

  static OpenConnection connection() {
    return connection(1, SECRET, Environment.LIVE);
  }

  static OpenConnection connection(long id, String secret, Environment environment) {
    return new OpenConnection(
        new Connection(
            new ConnectionId(new UUID(1, id)),
            new ProviderId("flutterwave"),
            "v4",
            "Shop",
            environment,
            "cdef",
            Instant.EPOCH),
        new Credentials(
            Map.of(
                "client_id", secret + "-id",
                "client_secret", secret,
                "webhook_secret_hash", secret + "-hash")));
  }

  @Override
  public void close() {
    http.close();
    stub.close();
  }

  static String entry(Money money) {
    return entry("\"" + money.currency() + "\"", money.amount().toPlainString());
  }

  static String entry(String currency, String available) {
    return "{\"currency\":%s,\"available_balance\":%s}".formatted(currency, available);
  }

  static String success(String data) {
    return "{\"status\":\"success\",\"message\":\"Wallet balances fetched\",\"data\":" + data + "}";
  }

  /** Entries of which no amount can be read. */
  static Stream<String> brokenEntries() {
    return Stream.of(
            Broken.AMOUNTS.stream().map(amount -> entry("\"NGN\"", amount)),
            Broken.CURRENCIES.stream().map(currency -> entry(currency, "1")),
            Stream.of(
                "{\"currency\":\"NGN\"}",
                "{\"available_balance\":1}",
                "{\"currency\":\"NGN\",\"ledger_balance\":1}",
                "{\"currency\":\"NGN\",\"available_balance\":1,\"available_balance\":1}",
                "[]",
                "1",
                "null"))
        .flatMap(entries -> entries);
  }

  static Holding holding(String currency) {
    return new Holding("", new CurrencyCode(currency));
  }

  static Money money(String amount, String currency) {
    return new Money(new BigDecimal(amount), new CurrencyCode(currency));
  }

  static String list(Stream<String> entries) {
    return entries.collect(joining(",", "[", "]"));
  }
}
