package io.walletsync.server.provider.fincra;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProviderContract;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.CallBudget;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.ProviderAccounts.Need;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.StubProvider;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The list of a business's wallets; one wallet alone is {@link OneWalletTest}'s. */
final class FincraBalanceProviderTest implements BalanceProviderContract {
  private static final String SAMPLE = "67d8360649685a0012574974";
  private static final String MANY = "64f1c9ef838af8cda0211d9d";

  private final FincraExample fincra = new FincraExample();

  @AfterEach
  void stop() {
    fincra.close();
  }

  @Override
  public BalanceProvider provider() {
    return fincra.provider;
  }

  @Override
  public OpenConnection connection() {
    return FincraExample.connection(FincraExample.API_KEY, "business-" + secret());
  }

  @Override
  public List<CurrencyCode> currencies() {
    return Stream.of("CNGN", "NGN", "USDT", "XOF").map(CurrencyCode::new).toList();
  }

  @Override
  public String secret() {
    return FincraExample.API_KEY;
  }

  @Override
  public void theProvider(Scene scene) {
    fincra.at("/wallets", scene);
  }

  @Override
  public void theProviderGoesAway() {
    fincra.stub.goAway();
  }

  @Override
  public String replyListing(List<Money> balances) {
    var ids = new AtomicLong(105146);
    return balances.stream()
        .map(
            money ->
                "{\"id\":%d,\"currency\":\"%s\",\"availableBalance\":%s}"
                    .formatted(
                        ids.getAndIncrement(), money.currency(), money.amount().toPlainString()))
        .collect(
            Collectors.joining(
                ",",
                "{ \"success\": true, \"message\": \"Wallets fetched successfully\", \"data\": [",
                "] }"));
  }

  @Override
  public List<String> repliesWithoutAReadableAmount() {
    var good = "{\"id\":2,\"currency\":\"NGN\",\"availableBalance\":1}";
    var amounts =
        Stream.of(
                "null",
                "\"1\"",
                "true",
                "[1]",
                "{}",
                "1e99",
                "1e999999999",
                "1e-999999999",
                "1e99999999999999999999",
                "0.0000000000000000001",
                "1000000000000000000",
                "9".repeat(2000),
                "1,\"availableBalance\":2",
                "01",
                "NaN",
                "1.")
            .map("{\"id\":1,\"currency\":\"NGN\",\"availableBalance\":%s}"::formatted);
    var entries =
        Stream.of(
            "{\"id\":1,\"currency\":\"NGN\"}",
            "{\"id\":1,\"availableBalance\":1}",
            "{\"id\":1,\"currency\":null,\"availableBalance\":1}",
            "{\"id\":1,\"currency\":566,\"availableBalance\":1}",
            "{\"id\":1,\"currency\":\"naira!\",\"availableBalance\":1}",
            "{\"currency\":\"NGN\",\"availableBalance\":1}",
            "{\"id\":\"1\",\"currency\":\"NGN\",\"availableBalance\":1}",
            "{\"id\":0,\"currency\":\"NGN\",\"availableBalance\":1}",
            "{\"id\":-1,\"currency\":\"NGN\",\"availableBalance\":1}",
            "{\"id\":1.0,\"currency\":\"NGN\",\"availableBalance\":1}",
            "{\"id\":1000000000000000000,\"currency\":\"NGN\",\"availableBalance\":1}",
            "{\"id\":1,\"currency\":\"NGN\",\"availableBalance\":1,\"ledgerBalance\":\"1\"}",
            "{\"id\":1,\"currency\":\"NGN\",\"availableBalance\":1,\"lockedBalance\":1e99}",
            "{\"id\":1,\"currency\":\"NGN\",\"availableBalance\":1,\"business\":7}",
            "{\"id\":1,\"currency\":\"NGN\",\"availableBalance\":1,\"business\":\"another\"}",
            good + "," + good,
            good + ",null",
            good + ",{\"id\":3,\"currency\":\"GHS\",\"availableBalance\":null}",
            good + ",",
            "[]",
            "1");
    var envelopes =
        Stream.of(
            "{\"success\":true}",
            "{\"success\":true,\"data\":null}",
            "{\"success\":true,\"data\":{}}",
            "{\"success\":true,\"data\":\"none\"}",
            "{\"success\":\"true\",\"data\":[" + good + "]}",
            "{\"success\":1,\"data\":[" + good + "]}",
            "{\"data\":[" + good + "]}",
            "{\"success\":false,\"success\":true,\"data\":[" + good + "]}",
            "[".repeat(100_000));
    return Stream.concat(
            Stream.concat(amounts, entries)
                .map(entry -> "{\"success\":true,\"data\":[" + entry + "]}"),
            envelopes)
        .toList();
  }

  @Override
  public String replyThatSaysNo() {
    return Samples.text("error-no-payload");
  }

  @Test
  void asksAsFincraDocumentsIt() {
    theProvider(Scene.ok(Samples.text("wallets")));
    fincra.read(SAMPLE);

    assertThat(fincra.targets())
        .containsExactly(
            "/wallets?businessID=" + SAMPLE, "/wallets/logs?business=" + SAMPLE + "&perPage=100");
    assertThat(fincra.stub.asked())
        .extracting(StubProvider.Asked::head)
        .allSatisfy(
            head ->
                assertThat(head)
                    .startsWith("GET ")
                    .contains("\r\napi-key: " + FincraExample.API_KEY + "\r\n")
                    .doesNotContain("Authorization", "webhooks-"));
  }

  @Test
  void aBusinessIdCannotChangeTheCall() {
    theProvider(Scene.ok(replyListing(List.of())));
    fincra.read("a&currency=b#c/../d?e%20");

    assertThat(fincra.targets())
        .containsExactly("/wallets?businessID=a%26currency%3Db%23c%2F..%2Fd%3Fe%2520");
  }

  @Test
  void asksTheHostOfTheEnvironment() {
    var sandbox = new StubProvider();
    sandbox.at("/wallets", Scene.ok(replyListing(List.of())));
    theProvider(Scene.status(500));
    try (sandbox;
        var http = new ProviderHttp(InstantSource.system())) {
      var provider =
          new FincraBalanceProvider(
              http,
              environment ->
                  (environment == Environment.SANDBOX ? sandbox : fincra.stub).url().toString());
      var live = connection();
      var connection = live.connection();
      var other =
          new Connection(
              connection.id(),
              connection.provider(),
              null,
              connection.name(),
              Environment.SANDBOX,
              null,
              connection.createdAt());

      assertThat(provider.fetch(live, Set.of(), PATIENCE))
          .isInstanceOf(BalanceProvider.Reply.Failure.class);
      assertThat(provider.fetch(new OpenConnection(other, live.credentials()), Set.of(), PATIENCE))
          .isEqualTo(new BalanceProvider.Reply.Reading(List.of()));
    }
  }

  @Test
  void readsTheDocumentedWallet() {
    theProvider(Scene.ok(Samples.text("wallets")));

    var wallet = only(fincra.read(SAMPLE));
    assertThat(wallet.providerAccountId()).isEqualTo("207151");
    assertThat(wallet.balance())
        .isEqualTo(
            new Balance(
                money("640179.275", "NGN"),
                money("1173410.83", "NGN"),
                money("533231.555", "NGN")));
    assertThat(wallet.externalId()).isNull();
    assertThat(wallet.asOf()).isNull();
    assertThat(wallet.metadata().entries())
        .isEqualTo(
            Map.of(
                "wallet_number", "100000114424001",
                "wallet_status", "enabled",
                "rolling_reserve", "0.00"));
  }

  @Test
  void readsTheDocumentedNineteenWalletsAlsoTwoOfOneCurrency() {
    theProvider(Scene.ok(Samples.text("wallets-many")));

    var wallets = fincra.read(MANY);
    assertThat(wallets).hasSize(19);
    assertThat(wallets)
        .extracting(w -> w.providerAccountId() + " " + w.balance().available())
        .startsWith(
            "105146 1999792413.990817 NGN",
            "105147 4145.558824 GBP",
            "105148 762.30 EUR",
            "105149 140200.00 USD",
            "105150 30000996960.91 GHS",
            "105151 34000994927.376 KES",
            "105152 0.00 ZAR",
            "105153 0.00 XOF")
        .contains("105158 20000165990.00 UGX", "105159 0.00 ZAR", "105160 0.00 XOF");
    assertThat(wallets.getFirst().balance().ledger()).isEqualTo(money("1999965363.990817", "NGN"));
    assertThat(wallets.getFirst().balance().locked()).isEqualTo(money("172950", "NGN"));
    assertThat(wallets.get(9).metadata().entries())
        .containsEntry("wallet_number", "1000001905600010");
  }

  @Test
  void aWalletWithoutCurrencyMakesTheWholeListUnreadable() {
    theProvider(Scene.ok(Samples.text("wallet-old")));

    assertThat(fincra.failure("60ed8883c89ea214999fa9bf")).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void aSingleWalletInsteadOfAListIsAListOfOne() {
    theProvider(
        Scene.ok(
            """
            {"success":true,"data":{"id":7,"currency":"USDT","availableBalance":0.12345678}}"""));

    assertThat(only(fincra.read(SAMPLE)).balance())
        .isEqualTo(Balance.available(money("0.12345678", "USDT")));
  }

  @Test
  void whatIsNotToldIsUnknownAndNotZero() {
    theProvider(
        Scene.ok(
            """
            {"success":true,"data":[{"id":7,"currency":"NGN","availableBalance":5,
              "ledgerBalance":null,"business":null,"overdraftEnabled":true,"new":{}}]}"""));

    var balance = only(fincra.read(SAMPLE)).balance();
    assertThat(balance.ledger()).isNull();
    assertThat(balance.locked()).isNull();
  }

  @Test
  void aBalanceMayBeBelowZeroAndContradictItself() {
    theProvider(
        Scene.ok(
            """
            {"success":true,"data":[{"id":7,"currency":"NGN","availableBalance":-5.5,
              "ledgerBalance":1,"lockedBalance":1}]}"""));

    assertThat(only(fincra.read(SAMPLE)).balance())
        .isEqualTo(new Balance(money("-5.5", "NGN"), money("1", "NGN"), money("1", "NGN")));
  }

  @Test
  void aDisabledWalletIsReadLikeAnyOther() {
    theProvider(Scene.ok(Samples.text("wallets").replace("\"enabled\"", "\"disabled\"")));

    var wallet = only(fincra.read(SAMPLE));
    assertThat(wallet.balance().available()).isEqualTo(money("640179.275", "NGN"));
    assertThat(wallet.metadata().entries()).containsEntry("wallet_status", "disabled");
  }

  @Test
  void theCaseOfABusinessIdDoesNotMatter() {
    theProvider(Scene.ok(Samples.text("wallets-many")));

    assertThat(fincra.read("64F1C9EF838AF8CDA0211D9D")).hasSize(19);
    assertThat(fincra.failure("64F1C9EF838AF8CDA0211D9E")).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void everyDocumentedErrorIsATypedFailure() {
    Map.of(
            "error-no-api-key", Map.entry(401, Reason.UNAUTHORIZED),
            "error-access-denied", Map.entry(403, Reason.ADDRESS_REFUSED),
            "error-business-profile-required", Map.entry(403, Reason.FORBIDDEN),
            "error-business-not-found", Map.entry(404, Reason.FORBIDDEN),
            "error-no-payload", Map.entry(422, Reason.REJECTED),
            "error-validation-failed", Map.entry(422, Reason.REJECTED),
            "error-wallet-for-currency", Map.entry(422, Reason.REJECTED),
            "error-rate-limit", Map.entry(429, Reason.RATE_LIMITED),
            "error-internal", Map.entry(500, Reason.UNAVAILABLE))
        .forEach(
            (sample, expected) -> {
              var body = Samples.text(sample);
              theProvider(new Scene.Answers(expected.getKey(), Map.of(), body));
              assertThat(fincra.failure(SAMPLE)).as(sample).isEqualTo(expected.getValue());
              // and with the status of a success none of them is an amount
              theProvider(Scene.ok(body));
              assertThat(fincra.failure(SAMPLE))
                  .as(sample)
                  .isIn(Reason.REJECTED, Reason.UNREADABLE);
            });
  }

  @Test
  void anErrorTypeCountsOnlyBesideItsStatus() {
    theProvider(new Scene.Answers(422, Map.of(), Samples.text("error-access-denied")));
    assertThat(fincra.failure(SAMPLE)).isEqualTo(Reason.REJECTED);

    theProvider(new Scene.Answers(403, Map.of(), Samples.text("error-business-not-found")));
    assertThat(fincra.failure(SAMPLE)).isEqualTo(Reason.FORBIDDEN);

    for (var body : List.of("", "[]", "{\"errorType\":7}", "[".repeat(9999), "\u0000")) {
      theProvider(new Scene.Answers(403, Map.of(), body));
      assertThat(fincra.failure(SAMPLE)).as(body).isEqualTo(Reason.FORBIDDEN);
      theProvider(new Scene.Answers(404, Map.of(), body));
      assertThat(fincra.failure(SAMPLE)).as(body).isEqualTo(Reason.REJECTED);
    }
  }

  @Test
  void theProfileIsFincras() {
    var profile = provider().profile();

    assertThat(profile.currencies()).isNull();
    assertThat(profile.apiVersion()).isNull();
    assertThat(profile.hasEnvironments()).isTrue();
    assertThat(profile.documentedBudget()).isEqualTo(new CallBudget(50, null));
    assertThat(profile.credentials().fields())
        .containsExactlyInAnyOrder("api_key", "business_id", "webhook_secret");
    assertThat(profile.credentials().identifying()).isEqualTo("business_id");
    assertThat(profile.credentials().identifyingIsFixed()).isTrue();
    assertThat(profile.credentials().secret()).isEqualTo("api_key");
    assertThat(profile.credentials().webhookSecret()).isEqualTo("webhook_secret");
    assertThat(profile.accounts().need()).isEqualTo(Need.REQUIRED);
    var form = Objects.requireNonNull(profile.accounts().form());
    assertThat(List.of("1", "105149", "999999999999999999")).allMatch(id -> matches(form, id));
    assertThat(List.of("", "0", "0105149", "1000000000000000000", "60ed8883994a6d00195e1017", "-1"))
        .noneMatch(id -> matches(form, id));
  }

  private static boolean matches(Pattern form, String id) {
    return form.matcher(id).matches();
  }

  private static AccountBalance only(List<AccountBalance> balances) {
    assertThat(balances).hasSize(1);
    return balances.getFirst();
  }

  private static Money money(String amount, String currency) {
    return new Money(new BigDecimal(amount), new CurrencyCode(currency));
  }
}
