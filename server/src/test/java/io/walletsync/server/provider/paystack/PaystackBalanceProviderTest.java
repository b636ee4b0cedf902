package io.walletsync.server.provider.paystack;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.balance.ExternalBalanceId;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.BalanceProviderContract;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.CredentialRules;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderAccounts;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.StubProvider;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PaystackBalanceProviderTest implements BalanceProviderContract {
  private static final String SECRET = "sk_test_0123456789abcdef";
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2026-11-22T08:00:00Z"));

  private final StubProvider stub = new StubProvider();
  private final ProviderHttp http = new ProviderHttp(CLOCK);
  private final BalanceProvider provider = new PaystackBalanceProvider(http, stub.url().toString());

  @AfterEach
  void stop() {
    http.close();
    stub.close();
  }

  @Override
  public BalanceProvider provider() {
    return provider;
  }

  @Override
  public OpenConnection connection() {
    return new OpenConnection(
        new Connection(
            new ConnectionId(new UUID(1, 2)),
            new ProviderId("paystack"),
            null,
            "Shop",
            null,
            "cdef",
            Instant.EPOCH),
        new Credentials(Map.of("secret_key", SECRET)));
  }

  @Override
  public String secret() {
    return SECRET;
  }

  @Override
  public void theProvider(Scene scene) {
    stub.at("/balance", scene);
  }

  @Override
  public void theProviderGoesAway() {
    stub.goAway();
  }

  @Override
  public String replyListing(List<Money> balances) {
    return balances.stream()
        .map(
            money ->
                "{ \"currency\": \"%s\", \"balance\": %d }"
                    .formatted(money.currency(), money.amount().movePointRight(2).longValueExact()))
        .collect(
            Collectors.joining(
                ",",
                "{ \"status\": true, \"message\": \"Balances retrieved\", \"data\": [",
                "] }"));
  }

  @Override
  public List<String> repliesWithoutAReadableAmount() {
    var entries =
        Stream.of(
            "{\"currency\":\"NGN\",\"balance\":null}",
            "{\"currency\":\"NGN\",\"balance\":\"1700000\"}",
            "{\"currency\":\"NGN\",\"balance\":1700000.0}",
            "{\"currency\":\"NGN\",\"balance\":17e5}",
            "{\"currency\":\"NGN\",\"balance\":1e99999999999999999999}",
            "{\"currency\":\"NGN\",\"balance\":true}",
            "{\"currency\":\"NGN\",\"balance\":[1]}",
            "{\"currency\":\"NGN\",\"balance\":{}}",
            "{\"currency\":\"NGN\",\"balance\":9223372036854775808}",
            "{\"currency\":\"NGN\",\"balance\":-9223372036854775809}",
            "{\"currency\":\"NGN\",\"balance\":" + "9".repeat(2000) + "}",
            "{\"currency\":\"NGN\",\"balance\":1,\"balance\":2}",
            "{\"currency\":\"NGN\"}",
            "{\"balance\":1}",
            "{\"currency\":null,\"balance\":1}",
            "{\"currency\":566,\"balance\":1}",
            "{\"currency\":\"\",\"balance\":1}",
            "{\"currency\":\"naira!\",\"balance\":1}",
            "{\"currency\":\"NGN\",\"balance\":1},{\"currency\":\"NGN\",\"balance\":1}",
            "{\"currency\":\"NGN\",\"balance\":1},{\"currency\":\"ngn\",\"balance\":2}",
            "{\"currency\":\"NGN\",\"balance\":1},null",
            "{\"currency\":\"NGN\",\"balance\":1},{\"currency\":\"GHS\",\"balance\":null}",
            "{\"currency\":\"NGN\",\"balance\":1},",
            "[]",
            "1");
    var envelopes =
        Stream.of(
            "{\"status\":true,\"message\":\"Balances retrieved\"}",
            "{\"status\":true,\"data\":null}",
            "{\"status\":true,\"data\":{\"currency\":\"NGN\",\"balance\":1}}",
            "{\"status\":\"true\",\"data\":[{\"currency\":\"NGN\",\"balance\":1}]}",
            "{\"status\":\"success\",\"data\":[{\"currency\":\"NGN\",\"balance\":1}]}",
            "{\"status\":1,\"data\":[{\"currency\":\"NGN\",\"balance\":1}]}",
            "{\"status\":null,\"data\":[{\"currency\":\"NGN\",\"balance\":1}]}",
            "{\"data\":[{\"currency\":\"NGN\",\"balance\":1}]}",
            "{\"status\":false,\"status\":true,\"data\":[{\"currency\":\"NGN\",\"balance\":1}]}",
            "[".repeat(100_000));
    return Stream.concat(
            entries.map(entry -> "{\"status\":true,\"data\":[" + entry + "]}"), envelopes)
        .toList();
  }

  @Override
  public String replyThatSaysNo() {
    return "{ \"status\": false, \"message\": \"Invalid key\" }";
  }

  @Test
  void asksAsPaystackDocumentsIt() {
    theProvider(Scene.ok(Samples.text("balance")));
    read();

    assertThat(stub.asked())
        .extracting(StubProvider.Asked::target)
        .containsExactly("/balance", "/balance/ledger?perPage=50&page=1");
    assertThat(stub.asked())
        .allSatisfy(
            asked ->
                assertThat(asked.head())
                    .startsWith("GET ")
                    .contains("\r\nAuthorization: Bearer " + SECRET + "\r\n"));
  }

  @Test
  void keepsThePrefixOfABaseUrl() {
    stub.at("/v1/balance", Scene.ok(Samples.text("balance")));
    var prefixed = new PaystackBalanceProvider(http, stub.url() + "/v1");

    assertThat(prefixed.fetch(connection(), Set.of(), PATIENCE))
        .isEqualTo(new Reading(List.of(bare("17000", "NGN"))));
  }

  @Test
  void readsTheDocumentedBalances() {
    assertThat(balances("balance")).containsExactly(bare("17000.00", "NGN"));
    assertThat(balances("balance-large")).containsExactly(bare("29109717.57", "NGN"));
    assertThat(balances("balance-recorded")).containsExactly(bare("484.00", "GHS"));
  }

  @Test
  void dividesByAHundredInEveryCurrencyAlsoWhereItHasNoSubunit() {
    assertThat(balances("balance-several"))
        .containsExactly(bare("17000", "NGN"), bare("0", "USD"), bare("2500", "XOF"));
  }

  @Test
  void readsAmountsOfSixtyFourBits() {
    theProvider(
        Scene.ok(
            """
            {"status":true,"data":[
              {"currency":"NGN","balance":9223372036854775807},
              {"currency":"GHS","balance":-9223372036854775808}]}"""));

    assertThat(read())
        .containsExactly(bare("92233720368547758.07", "NGN"), bare("-92233720368547758.08", "GHS"));
  }

  @Test
  void acceptsFieldsItDoesNotKnowAndACurrencyInLowerCase() {
    theProvider(
        Scene.ok(
            """
            {"status":true,"new":{},"data":[{"currency":"ngn","balance":5,"pending":3.5}]}"""));

    assertThat(read()).containsExactly(bare("0.05", "NGN"));
  }

  @Test
  void readsNoAmountFromAnyDocumentedError() {
    var reasons =
        Map.of(
            "error-invalid-key", Map.entry(401, Reason.UNAUTHORIZED),
            "error-no-authorization", Map.entry(401, Reason.UNAUTHORIZED),
            "error-not-found", Map.entry(404, Reason.REJECTED),
            "error-validation-error", Map.entry(400, Reason.REJECTED),
            "error-invalid-date", Map.entry(400, Reason.REJECTED),
            "error-too-many-requests", Map.entry(429, Reason.RATE_LIMITED));
    reasons.forEach(
        (sample, expected) -> {
          var body = Samples.text(sample);
          theProvider(new Scene.Answers(expected.getKey(), Map.of(), body));
          assertThat(failure()).as(sample).isEqualTo(expected.getValue());
          // decided on the status of the reply and on the one in its body
          theProvider(Scene.ok(body));
          assertThat(failure()).as(sample).isEqualTo(Reason.REJECTED);
        });
  }

  @Test
  void namesABalanceByItsNewestLedgerRow() {
    theProvider(Scene.ok(balance("NGN", 2078224968)));
    theLedger(Scene.ok(Samples.text("ledger")));

    assertThat(read())
        .containsExactly(
            new AccountBalance(
                "",
                Balance.available(money("20782249.68", "NGN")),
                new ExternalBalanceId("149411613"),
                Instant.parse("2021-04-08T09:39:49Z"),
                Metadata.of(
                    Map.of(
                        "model_responsible", "Transfer",
                        "model_row", "56610600",
                        "ledger_difference", "-500.00"))));
  }

  @Test
  void readsLedgerIdsOfSixtyFourBits() {
    theProvider(Scene.ok(Samples.text("balance-recorded")));
    theLedger(Scene.ok(Samples.text("ledger-recorded")));

    var balance = read().getFirst();
    assertThat(balance.externalId()).isEqualTo(new ExternalBalanceId("2512059357"));
    assertThat(balance.asOf()).isEqualTo(Instant.parse("2026-10-09T10:25:44Z"));
    assertThat(balance.metadata().entries())
        .containsEntry("model_row", "6640226336")
        .containsEntry("ledger_difference", "1.00");
  }

  @Test
  void aLedgerThatDoesNotAgreeNamesNothing() {
    theLedger(Scene.ok(Samples.text("ledger")));

    // the amount of the second row: only the newest row may name the balance
    theProvider(Scene.ok(balance("NGN", 2078274968)));
    assertThat(read()).containsExactly(bare("20782749.68", "NGN"));

    theProvider(Scene.ok(balance("GHS", 2078224968)));
    assertThat(read()).containsExactly(bare("20782249.68", "GHS"));
  }

  @Test
  void theNewestRowIsTheOneMadeLastAndOfThoseTheHighestId() {
    theProvider(Scene.ok(balance("NGN", 300)));
    theLedger(
        Scene.ok(
            ledger(
                row(9, "NGN", 100, "2026-01-01T00:00:00.000Z"),
                row(7, "NGN", 200, "2026-01-01T00:00:01.000Z"),
                row(8, "NGN", 300, "2026-01-01T00:00:01.000Z"),
                row(10, "GHS", 300, "2026-01-02T00:00:00.000Z"))));

    assertThat(read().getFirst().externalId()).isEqualTo(new ExternalBalanceId("8"));
  }

  @Test
  void cutsTheTimeOfARowToMicroseconds() {
    theProvider(Scene.ok(balance("NGN", 100)));
    theLedger(Scene.ok(ledger(row(9, "NGN", 100, "2026-01-01T01:00:00.123456789+01:00"))));

    assertThat(read().getFirst().asOf()).isEqualTo(Instant.parse("2026-01-01T00:00:00.123456Z"));
  }

  @Test
  void factsBesideARowDecideNothing() {
    theProvider(Scene.ok(balance("NGN", 100)));
    theLedger(
        Scene.ok(
            """
            {"status":true,"data":[{"id":9,"currency":"NGN","balance":100,\
            "createdAt":"2026-01-01T00:00:00Z","model_row":null}]}"""));

    var balance = read().getFirst();
    assertThat(balance.externalId()).isEqualTo(new ExternalBalanceId("9"));
    assertThat(balance.metadata()).isEqualTo(Metadata.NONE);
  }

  @Test
  void theAmountsStandWithoutTheLedger() {
    theProvider(Scene.ok(balance("NGN", 100)));
    var good = row(9, "NGN", 100, "2026-01-01T00:00:00.000Z");
    var scenes =
        Stream.concat(
            Stream.of(
                Scene.status(401),
                Scene.status(404),
                Scene.status(429),
                Scene.status(500),
                new Scene.HangsUp(),
                new Scene.BreaksOff(ledger(good))),
            Stream.of(
                    "<html></html>",
                    replyThatSaysNo(),
                    "{\"status\":true}",
                    ledger("null"),
                    ledger(good, "{}"),
                    ledger(row("null", "\"NGN\"", "100", "\"2026-01-01T00:00:00Z\"")),
                    ledger(row("\"9\"", "\"NGN\"", "100", "\"2026-01-01T00:00:00Z\"")),
                    ledger(row("9.0", "\"NGN\"", "100", "\"2026-01-01T00:00:00Z\"")),
                    ledger(row("9", "1", "100", "\"2026-01-01T00:00:00Z\"")),
                    ledger(row("9", "\"NGN\"", "100.0", "\"2026-01-01T00:00:00Z\"")),
                    ledger(row("9", "\"NGN\"", "100", "\"yesterday\"")),
                    ledger(row("9", "\"NGN\"", "100", "\"+999999-01-01T00:00:00Z\"")),
                    ledger(row("9", "\"NGN\"", "100", "1767225600")))
                .map(Scene::ok));
    scenes.forEach(
        scene -> {
          theLedger(scene);
          assertThat(read()).as("%s", scene).containsExactly(bare("1", "NGN"));
        });
  }

  @Test
  void aSilentLedgerCostsNoMoreThanTheDeadline() {
    var deadline = Duration.ofSeconds(1);
    theProvider(Scene.ok(balance("NGN", 100)));
    read();
    theLedger(new Scene.Silence());
    var start = System.nanoTime();

    var reply = provider.fetch(connection(), Set.of(), deadline);

    assertThat(reply).isEqualTo(new Reading(List.of(bare("1", "NGN"))));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(deadline.multipliedBy(2));
  }

  @Test
  void aSilentLedgerDoesNotUseUpALongDeadline() {
    theProvider(Scene.ok(balance("NGN", 100)));
    theLedger(new Scene.Silence());
    var start = System.nanoTime();

    var reply = provider.fetch(connection(), Set.of(), Duration.ofMinutes(1));

    assertThat(reply).isEqualTo(new Reading(List.of(bare("1", "NGN"))));
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void doesNotAskTheLedgerWhenThereIsNothingToName() {
    theProvider(Scene.status(500));
    provider.fetch(connection(), Set.of(), PATIENCE);
    theProvider(Scene.ok(replyListing(List.of())));
    provider.fetch(connection(), Set.of(), PATIENCE);

    assertThat(stub.asked()).extracting(StubProvider.Asked::target).containsOnly("/balance");
  }

  @Test
  void theProfileIsPaystacks() {
    var profile = provider.profile();

    assertThat(profile.credentials()).isEqualTo(CredentialRules.single("secret_key"));
    assertThat(currencies())
        .extracting(CurrencyCode::value)
        .containsExactlyInAnyOrder("NGN", "GHS", "ZAR", "KES", "USD", "XOF");
    assertThat(profile.accounts()).isEqualTo(ProviderAccounts.NONE);
    assertThat(profile.hasEnvironments()).isFalse();
  }

  private void theLedger(Scene scene) {
    stub.at("/balance/ledger", scene);
  }

  private List<AccountBalance> balances(String sample) {
    theProvider(Scene.ok(Samples.text(sample)));
    return read();
  }

  private List<AccountBalance> read() {
    var reply = provider.fetch(connection(), Set.of(), PATIENCE);
    assertThat(reply).isInstanceOf(Reading.class);
    return ((Reading) reply).balances();
  }

  private Reason failure() {
    var reply = provider.fetch(connection(), Set.of(), PATIENCE);
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure().reason();
  }

  private static String balance(String currency, long subunits) {
    return "{\"status\":true,\"data\":[{\"currency\":\"%s\",\"balance\":%d}]}"
        .formatted(currency, subunits);
  }

  private static String ledger(String... rows) {
    return "{\"status\":true,\"data\":[" + String.join(",", rows) + "]}";
  }

  private static String row(long id, String currency, long balance, String createdAt) {
    return row(
        Long.toString(id), '"' + currency + '"', Long.toString(balance), '"' + createdAt + '"');
  }

  private static String row(String id, String currency, String balance, String createdAt) {
    return """
        {"id":%s,"currency":%s,"balance":%s,"difference":1,"model_responsible":"Transaction",\
        "model_row":1,"createdAt":%s}"""
        .formatted(id, currency, balance, createdAt);
  }

  private static AccountBalance bare(String amount, String currency) {
    return new AccountBalance(
        "", Balance.available(money(amount, currency)), null, null, Metadata.NONE);
  }

  private static Money money(String amount, String currency) {
    return new Money(new BigDecimal(amount), new CurrencyCode(currency));
  }
}
