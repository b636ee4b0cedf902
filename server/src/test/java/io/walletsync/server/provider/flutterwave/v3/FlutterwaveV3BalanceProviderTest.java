package io.walletsync.server.provider.flutterwave.v3;

import static io.walletsync.server.provider.flutterwave.v3.V3Stub.PSA;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.entry;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.holding;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.list;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.money;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.success;
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
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.provider.flutterwave.Broken;
import io.walletsync.server.provider.flutterwave.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The call that lists the main account. */
final class FlutterwaveV3BalanceProviderTest implements BalanceProviderContract {
  private final V3Stub flutterwave = new V3Stub();

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
    return V3Stub.connection();
  }

  @Override
  public String secret() {
    return V3Stub.SECRET;
  }

  @Override
  public List<CurrencyCode> currencies() {
    return Stream.of("NGN", "USD", "XOF", "eNGN").map(CurrencyCode::new).toList();
  }

  @Override
  public void theProvider(Scene scene) {
    flutterwave.stub.at("/v3/balances", scene);
  }

  @Override
  public void theProviderGoesAway() {
    flutterwave.stub.goAway();
  }

  @Override
  public String replyListing(List<Money> balances) {
    return success(list(balances.stream().map(V3Stub::entry)));
  }

  @Override
  public List<String> repliesWithoutAReadableAmount() {
    var good = entry(money("1", "NGN"));
    var lists =
        Stream.of(
            good + "," + good,
            good + "," + entry("\"ngn\"", "2", "0"),
            good + ",null",
            good + "," + entry("\"GHS\"", "null", "0"),
            good + ",");
    var entries = Stream.concat(V3Stub.brokenEntries(), lists).map(e -> success("[" + e + "]"));
    return Stream.of(entries, Broken.envelopes("[" + good + "]"), Stream.of(success(good)))
        .flatMap(replies -> replies)
        .toList();
  }

  @Override
  public String replyThatSaysNo() {
    return Samples.text("v3/error-gave-up");
  }

  @Test
  void asksAsFlutterwaveDocumentsIt() {
    theProvider(Scene.ok(Samples.text("v3/balances")));
    for (var wanted : List.of(Set.<Holding>of(), Set.of(holding("", "NGN"), holding("", "KES")))) {
      provider().fetch(connection(), wanted, PATIENCE);
    }

    assertThat(flutterwave.stub.asked())
        .extracting(StubProvider.Asked::target)
        .containsExactly("/v3/balances", "/v3/balances");
    assertThat(flutterwave.stub.asked())
        .allSatisfy(
            asked ->
                assertThat(asked.head())
                    .startsWith("GET ")
                    .contains("\r\nAuthorization: Bearer " + V3Stub.SECRET + "\r\n"));
  }

  @Test
  void readsTheDocumentedBalancesToTheLastDigit() {
    theProvider(Scene.ok(Samples.text("v3/balances")));

    assertThat(read())
        .hasSize(26)
        .contains(
            pots("48717450884.01", "2146247957.94", "NGN"),
            pots("49999786509.4", "11027.91", "EUR"),
            pots("49961567836.04", "43543852.13", "UGX"),
            pots("50000000000", "9002717.95", "RWF"),
            pots("49996967274.81", "212904.99", "XOF"),
            pots("50000005500", "3189114.21", "XAF"),
            pots("50000000000", "0", "JPY"),
            // more collected than can be paid out is no contradiction
            pots("0", "186.33", "AUD"),
            pots("0", "0", "eNGN"));
  }

  @Test
  void twoSpellingsOfANameThatIsNotIsoAreTwoCurrencies() {
    theProvider(
        Scene.ok(
            success("[" + entry("\"eNGN\"", "1", "2") + "," + entry("\"NGN\"", "3", "4") + "]")));

    assertThat(read()).containsExactly(pots("1", "2", "eNGN"), pots("3", "4", "NGN"));
  }

  @Test
  void readsEveryWayOfWritingANumber() {
    Map.of("1.5e3", "1500", "1E-2", "0.01", "-0.0", "0", "-12.500", "-12.5", "0e999999999", "0")
        .forEach(
            (written, read) -> {
              theProvider(Scene.ok(success("[" + entry("\"NGN\"", written, written) + "]")));
              assertThat(read()).as(written).containsExactly(pots(read, read, "NGN"));
            });
  }

  @Test
  void readsAmountsThatADoubleCannotHold() {
    theProvider(
        Scene.ok(
            success("[" + entry("\"NGN\"", "123456789012345678.123456789012345678", "0.1") + "]")));

    assertThat(read()).containsExactly(pots("123456789012345678.123456789012345678", "0.1", "NGN"));
  }

  @Test
  void readsNoAmountFromAnyDocumentedError() {
    Map.of(
            "error-no-authorization", Map.entry(401, Reason.UNAUTHORIZED),
            "error-validation", Map.entry(400, Reason.REJECTED),
            "error-not-found", Map.entry(404, Reason.REJECTED),
            "error-no-sub-account", Map.entry(400, Reason.REJECTED),
            "error-invalid-reference", Map.entry(400, Reason.REJECTED),
            "error-too-many-requests", Map.entry(429, Reason.RATE_LIMITED),
            "error-server", Map.entry(500, Reason.UNAVAILABLE),
            "error-gave-up", Map.entry(503, Reason.UNAVAILABLE))
        .forEach(
            (sample, expected) -> {
              var body = Samples.text("v3/" + sample);
              theProvider(new Scene.Answers(expected.getKey(), Map.of(), body));
              assertThat(failure()).as(sample).isEqualTo(expected.getValue());
              // decided on the status of the reply and on the one in its body
              theProvider(Scene.ok(body));
              assertThat(failure()).as(sample).isEqualTo(Reason.REJECTED);
            });
  }

  @Test
  void theMainAccountIsOneCallAndEachWalletOfASubAccountAnother() {
    assertThat(provider().callFor(holding("", "NGN")))
        .isEqualTo(provider().callFor(holding("", "USD")));
    assertThat(
            Stream.of(
                    holding("", "NGN"),
                    holding(PSA, "NGN"),
                    holding(PSA, "USD"),
                    holding("PSA1", "NGN"))
                .map(provider()::callFor))
        .doesNotHaveDuplicates();
  }

  @Test
  void theProfileIsThatOfApiV3() {
    var profile = provider().profile();

    assertThat(profile.credentials().identifying()).isEqualTo("secret_key");
    assertThat(profile.credentials().secret()).isEqualTo("secret_key");
    assertThat(profile.credentials().webhookSecret()).isEqualTo("webhook_secret_hash");
    assertThat(profile.currencies()).isNull();
    assertThat(profile.hasEnvironments()).isFalse();
    assertThat(PSA).matches(profile.accounts().form());
    for (var wrong : List.of("", "PSA", "RS_1", "psae905", "PSA1/..", "PSA 1", "XPSA1", "PSA1\n")) {
      assertThat(wrong).doesNotMatch(profile.accounts().form());
    }
  }

  private List<AccountBalance> read() {
    var reply = provider().fetch(connection(), Set.of(), PATIENCE);
    assertThat(reply).isInstanceOf(Reading.class);
    return ((Reading) reply).balances();
  }

  private Reason failure() {
    var reply = provider().fetch(connection(), Set.of(), PATIENCE);
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure().reason();
  }

  private static AccountBalance pots(String available, String ledger, String currency) {
    return new AccountBalance(
        "",
        new Balance(money(available, currency), money(ledger, currency), null),
        null,
        null,
        Metadata.NONE);
  }
}
