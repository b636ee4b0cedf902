package io.walletsync.server.provider.flutterwave.v3;

import static io.walletsync.server.provider.flutterwave.v3.V3Stub.PSA;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.entry;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.holding;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.money;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply.Failure;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.Metadata;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.provider.flutterwave.Broken;
import io.walletsync.server.provider.flutterwave.OneWalletContract;
import io.walletsync.server.provider.flutterwave.Samples;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The call for one wallet of a payout sub-account. */
final class FlutterwaveV3SubAccountTest implements OneWalletContract {
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
  public Set<Holding> wanted() {
    return Set.of(holding(PSA, "NGN"));
  }

  @Override
  public void theProvider(Scene scene) {
    flutterwave.stub.at("/v3/payout-subaccounts/" + PSA + "/balances", scene);
  }

  @Override
  public void theProviderGoesAway() {
    flutterwave.stub.goAway();
  }

  @Override
  public String replyListing(List<Money> balances) {
    return success(balances.isEmpty() ? "null" : entry(balances.getFirst()));
  }

  @Override
  public List<String> repliesWithoutAReadableAmount() {
    var good = entry(money("1", "NGN"));
    return Stream.of(
            V3Stub.brokenEntries().map(V3Stub::success),
            Broken.envelopes(good),
            Stream.of(success("[" + good + "]")))
        .flatMap(replies -> replies)
        .toList();
  }

  @Override
  public String replyThatSaysNo() {
    return Samples.text("v3/error-validation");
  }

  /** No reply without a wallet is documented here, so one is no good reply. */
  @Test
  @Override
  public void anEmptyListIsAReadingWithoutBalances() {
    theProvider(Scene.ok(replyListing(List.of())));

    assertThat(failure()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void readsTheDocumentedBalanceOfTheSubAccount() {
    theProvider(Scene.ok(Samples.text("v3/sub-account-balance")));

    assertThat(provider().fetch(connection(), wanted(), PATIENCE))
        .isEqualTo(
            new Reading(
                List.of(
                    new AccountBalance(
                        PSA,
                        new Balance(money("100", "NGN"), money("0", "NGN"), null),
                        null,
                        null,
                        Metadata.NONE))));
    assertThat(flutterwave.stub.asked())
        .extracting(StubProvider.Asked::target)
        .containsExactly("/v3/payout-subaccounts/" + PSA + "/balances?currency=NGN");
  }

  @Test
  void aSubAccountThatFlutterwaveDoesNotKnowIsMissing() {
    var body = Samples.text("v3/error-no-sub-account");
    for (var status : List.of(400, 404, 200)) {
      theProvider(new Scene.Answers(status, Map.of(), body));
      assertThat(failure()).as("status %d", status).isEqualTo(Reason.ACCOUNT_MISSING);
    }
  }

  @Test
  void theSameWordsUnderARefusalOfTheKeySayNothingOfTheSubAccount() {
    var body = Samples.text("v3/error-no-sub-account");
    theProvider(new Scene.Answers(401, Map.of(), body));
    assertThat(failure()).isEqualTo(Reason.UNAUTHORIZED);

    theProvider(new Scene.Answers(403, Map.of(), body));
    assertThat(failure()).isEqualTo(Reason.FORBIDDEN);
  }

  @Test
  void everyOtherRefusalIsNotAboutTheSubAccount() {
    for (var sample : List.of("error-validation", "error-not-found", "error-invalid-reference")) {
      theProvider(new Scene.Answers(400, Map.of(), Samples.text("v3/" + sample)));
      assertThat(failure()).as(sample).isEqualTo(Reason.REJECTED);
    }
    // not an error by its status, whatever it says beside it
    theProvider(
        new Scene.Answers(
            400, Map.of(), Samples.text("v3/error-no-sub-account").replace("error", "success")));
    assertThat(failure()).isEqualTo(Reason.REJECTED);
  }

  @Test
  void noReferenceLeadsOutOfItsPlaceInTheAddress() {
    provider().fetch(connection(), Set.of(holding("PSA/../x?y=1#z w", "NGN")), PATIENCE);

    assertThat(flutterwave.stub.asked())
        .extracting(StubProvider.Asked::target)
        .containsExactly(
            "/v3/payout-subaccounts/PSA%2F..%2Fx%3Fy%3D1%23z%20w/balances?currency=NGN");
  }

  private Reason failure() {
    var reply = provider().fetch(connection(), wanted(), PATIENCE);
    assertThat(reply).isInstanceOf(Failure.class);
    return ((Failure) reply).failure().reason();
  }
}
