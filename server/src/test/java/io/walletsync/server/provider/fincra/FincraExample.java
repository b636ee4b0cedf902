package io.walletsync.server.provider.fincra;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply;
import io.walletsync.core.provider.BalanceProvider.Reply.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.StubProvider;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The adapter in front of a stub, and a connection to ask with. */
final class FincraExample implements AutoCloseable {
  static final String API_KEY = "fk_live_0123456789abcdef";
  static final Duration PATIENCE = Duration.ofSeconds(10);

  final StubProvider stub = new StubProvider();
  final FincraBalanceProvider provider;
  private final ProviderHttp http =
      new ProviderHttp(InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z")));

  FincraExample() {
    provider = new FincraBalanceProvider(http, _ -> stub.url().toString());
  }

  static OpenConnection connection(String apiKey, String businessId) {
    return new OpenConnection(
        new Connection(
            new ConnectionId(new UUID(1, 2)),
            new ProviderId("fincra"),
            null,
            "Shop",
            Environment.LIVE,
            "cdef",
            Instant.EPOCH),
        new Credentials(
            Map.of(
                "api_key", apiKey,
                "business_id", businessId,
                "webhook_secret", "webhooks-" + apiKey)));
  }

  void at(String path, Scene scene) {
    stub.at(path, scene);
  }

  /** All wallets of a business. */
  List<AccountBalance> read(String businessId) {
    return balances(provider.fetch(connection(API_KEY, businessId), Set.of(), PATIENCE));
  }

  /** One wallet. */
  AccountBalance read(String businessId, String wallet) {
    var balances = balances(fetch(businessId, wallet));
    assertThat(balances).hasSize(1);
    return balances.getFirst();
  }

  Reason failure(String businessId, String wallet) {
    return failure(fetch(businessId, wallet));
  }

  Reason failure(String businessId) {
    return failure(provider.fetch(connection(API_KEY, businessId), Set.of(), PATIENCE));
  }

  List<String> targets() {
    return stub.asked().stream().map(StubProvider.Asked::target).toList();
  }

  @Override
  public void close() {
    http.close();
    stub.close();
  }

  private Reply fetch(String businessId, String wallet) {
    return provider.fetch(
        connection(API_KEY, businessId),
        Set.of(new Holding(wallet, new CurrencyCode("NGN"))),
        PATIENCE);
  }

  private static List<AccountBalance> balances(Reply reply) {
    assertThat(reply).isInstanceOf(Reading.class);
    return ((Reading) reply).balances();
  }

  private static Reason failure(Reply reply) {
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure().reason();
  }
}
