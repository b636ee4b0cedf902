package io.walletsync.server.provider.flutterwave.v3;

import static java.util.stream.Collectors.joining;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.provider.flutterwave.Broken;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** API v3 as the tests see it: a stub that answers for it, the adapter, and how entries look. */
final class V3Stub implements AutoCloseable {
  static final String SECRET = "FLWSECK_TEST-0123456789abcdef-X";
  static final String PSA = "PSAE905F542704932282";

  final StubProvider stub = new StubProvider();
  private final ProviderHttp http =
      new ProviderHttp(InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z")));
  final FlutterwaveV3BalanceProvider provider =
      new FlutterwaveV3BalanceProvider(http, stub.url() + "/v3");

  static OpenConnection connection() {
    return new OpenConnection(
        new Connection(
            new ConnectionId(new UUID(1, 2)),
            new ProviderId("flutterwave"),
            "v3",
            "Shop",
            null,
            "ef-X",
            Instant.EPOCH),
        new Credentials(Map.of("secret_key", SECRET, "webhook_secret_hash", SECRET + "-hash")));
  }

  @Override
  public void close() {
    http.close();
    stub.close();
  }

  static String entry(Money money) {
    return entry("\"" + money.currency() + "\"", money.amount().toPlainString(), "0");
  }

  static String entry(String currency, String available, String ledger) {
    return "{\"currency\":%s,\"available_balance\":%s,\"ledger_balance\":%s}"
        .formatted(currency, available, ledger);
  }

  static String success(String data) {
    return "{\"status\":\"success\",\"message\":\"Wallet balances fetched\",\"data\":" + data + "}";
  }

  /** Entries of which no amount can be read. */
  static Stream<String> brokenEntries() {
    return Stream.of(
            Broken.AMOUNTS.stream()
                .flatMap(
                    amount ->
                        Stream.of(entry("\"NGN\"", amount, "1"), entry("\"NGN\"", "1", amount))),
            Broken.CURRENCIES.stream().map(currency -> entry(currency, "1", "1")),
            Stream.of(
                "{\"currency\":\"NGN\",\"available_balance\":1}",
                "{\"currency\":\"NGN\",\"ledger_balance\":1}",
                "{\"available_balance\":1,\"ledger_balance\":1}",
                "{\"currency\":\"NGN\",\"available_balance\":1,\"available_balance\":1,"
                    + "\"ledger_balance\":1}",
                "[]",
                "1",
                "null"))
        .flatMap(entries -> entries);
  }

  static Holding holding(String account, String currency) {
    return new Holding(account, new CurrencyCode(currency));
  }

  static Money money(String amount, String currency) {
    return new Money(new BigDecimal(amount), new CurrencyCode(currency));
  }

  static String list(Stream<String> entries) {
    return entries.collect(joining(",", "[", "]"));
  }
}
