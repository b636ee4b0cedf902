package io.walletsync.server.provider.flutterwave.v4;

import static io.walletsync.server.provider.flutterwave.v4.V4Stub.entry;
import static io.walletsync.server.provider.flutterwave.v4.V4Stub.holding;
import static io.walletsync.server.provider.flutterwave.v4.V4Stub.list;
import static io.walletsync.server.provider.flutterwave.v4.V4Stub.money;
import static io.walletsync.server.provider.flutterwave.v4.V4Stub.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.BalanceProviderContract;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Environment;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.core.wallet.ProviderAccounts;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.provider.flutterwave.Broken;
import io.walletsync.server.provider.flutterwave.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The call that lists all wallets. */
final class FlutterwaveV4BalanceProviderTest implements BalanceProviderContract {
  private final V4Stub flutterwave = new V4Stub();

  @AfterEach
  void stop() {
    flutterwave.close();
  }

  @Override
  public BalanceProvider provider() {
    return flutterwave.provider;
  }

  @Override
  public OpenConnection connection() {
    return V4Stub.connection();
  }

  @Override
  public String secret() {
    return V4Stub.SECRET;
  }

  @Override
  public List<CurrencyCode> currencies() {
    return Stream.of("NGN", "USD", "XOF", "eNGN").map(CurrencyCode::new).toList();
  }

  @Override
  public void theProvider(Scene scene) {
    flutterwave.stub.at("/live/wallets/balances", scene);
  }

  @Override
  public void theProviderGoesAway() {
    flutterwave.stub.goAway();
  }

  @Override
  public String replyListing(List<Money> balances) {
    return success(list(balances.stream().map(V4Stub::entry)));
  }

  @Override
  public List<String> repliesWithoutAReadableAmount() {
    var good = entry(money("1", "NGN"));
    var lists =
        Stream.of(
            good + "," + good,
            good + "," + entry("\"ngn\"", "2"),
            good + ",null",
            good + "," + entry("\"GHS\"", "null"),
            good + ",");
    var entries = Stream.concat(V4Stub.brokenEntries(), lists).map(e -> success("[" + e + "]"));
    return Stream.of(entries, Broken.envelopes("[" + good + "]"), Stream.of(success(good)))
        .flatMap(replies -> replies)
        .toList();
  }

  @Override
  public String replyThatSaysNo() {
    return Samples.text("v4/error-request");
  }

  @Test
  void asksAsFlutterwaveDocumentsIt() {
    theProvider(Scene.ok(Samples.text("v4/balances")));
    provider().fetch(connection(), Set.of(holding("NGN"), holding("USD")), PATIENCE);

    var asked = flutterwave.stub.asked();
    assertThat(asked)
        .extracting(StubProvider.Asked::target)
        .containsExactly("/token", "/live/wallets/balances");
    assertThat(asked.get(0).head())
        .startsWith("POST ")
        .contains("\r\nContent-Type: application/x-www-form-urlencoded\r\n");
    assertThat(asked.get(1).head())
        .startsWith("GET ")
        .contains("\r\nAuthorization: Bearer " + V4Stub.TOKEN + "\r\n");
  }

  @Test
  void theEnvironmentOfTheConnectionPicksTheHost() {
    flutterwave.stub.at(
        "/sandbox/wallets/balances", Scene.ok(success(list(Stream.of(entry("\"USD\"", "3"))))));
    theProvider(Scene.ok(Samples.text("v4/balances")));
    var sandbox = V4Stub.connection(1, V4Stub.SECRET, Environment.SANDBOX);

    assertThat(provider().fetch(sandbox, Set.of(), PATIENCE))
        .isEqualTo(new Reading(List.of(available("3", "USD"))));
    assertThat(read()).hasSize(2);
  }

  @Test
  void readsTheDocumentedBalancesAndNoOtherAmount() {
    theProvider(Scene.ok(Samples.text("v4/balances")));

    assertThat(read()).containsExactly(available("1200.09", "NGN"), available("3.29", "USD"));
  }

  @Test
  void readsAmountsThatADoubleCannotHold() {
    theProvider(
        Scene.ok(success("[" + entry("\"NGN\"", "123456789012345678.123456789012345678") + "]")));

    assertThat(read()).containsExactly(available("123456789012345678.123456789012345678", "NGN"));
  }

  @Test
  void everyDocumentedErrorIsATypedFailureByItsCodeUnderAnyStatus() {
    Map.of(
            "error-request", Map.entry(400, Reason.REJECTED),
            "error-unauthorized", Map.entry(401, Reason.UNAUTHORIZED),
            "error-forbidden", Map.entry(403, Reason.FORBIDDEN),
            "error-not-found", Map.entry(404, Reason.REJECTED),
            "error-server", Map.entry(500, Reason.UNAVAILABLE))
        .forEach(
            (sample, expected) -> {
              var body = Samples.text("v4/" + sample);
              for (var status : List.of(expected.getKey(), 400, 422, 200)) {
                theProvider(new Scene.Answers(status, Map.of(), body));
                assertThat(failure()).as("%s %d", sample, status).isEqualTo(expected.getValue());
              }
            });
  }

  @Test
  void theCodesThatHaveNoSampleAreReadToo() {
    Map.of(
            "10405", Reason.REJECTED,
            "10409", Reason.REJECTED,
            "10422", Reason.REJECTED,
            "10503", Reason.UNAVAILABLE)
        .forEach((code, reason) -> assertThat(failure(200, '"' + code + '"')).isEqualTo(reason));
  }

  @Test
  void withoutAKnownCodeTheStatusDecides() {
    for (var code : List.of("\"000000\"", "\"000001\"", "\"\"", "null", "{}")) {
      assertThat(failure(200, code)).as(code).isEqualTo(Reason.REJECTED);
      assertThat(failure(403, code)).as(code).isEqualTo(Reason.FORBIDDEN);
    }
  }

  @Test
  void theProfileIsThatOfApiV4() {
    var profile = provider().profile();

    assertThat(profile.credentials().identifying()).isEqualTo("client_id");
    assertThat(profile.credentials().secret()).isEqualTo("client_secret");
    assertThat(profile.credentials().webhookSecret()).isEqualTo("webhook_secret_hash");
    assertThat(profile.currencies()).isNull();
    assertThat(profile.hasEnvironments()).isTrue();
    assertThat(profile.accounts()).isEqualTo(ProviderAccounts.NONE);
  }

  private List<AccountBalance> read() {
    var reply = provider().fetch(connection(), Set.of(), PATIENCE);
    assertThat(reply).isInstanceOf(Reading.class);
    return ((Reading) reply).balances();
  }

  private Reason failure(int status, String code) {
    var body = "{\"status\":\"failed\",\"error\":{\"code\":" + code + "}}";
    theProvider(new Scene.Answers(status, Map.of(), body));
    return failure();
  }

  private Reason failure() {
    var reply = provider().fetch(connection(), Set.of(), PATIENCE);
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure().reason();
  }

  private static AccountBalance available(String amount, String currency) {
    return new AccountBalance(
        "", Balance.available(money(amount, currency)), null, null, Metadata.NONE);
  }
}
