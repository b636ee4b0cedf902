package io.walletsync.server.provider.flutterwave.v3;

import static io.walletsync.server.provider.flutterwave.v3.V3Stub.entry;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.holding;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.money;
import static io.walletsync.server.provider.flutterwave.v3.V3Stub.success;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.balance.Balance;
import io.walletsync.core.money.Money;
import io.walletsync.core.provider.BalanceProvider;
import io.walletsync.core.provider.BalanceProvider.AccountBalance;
import io.walletsync.core.provider.BalanceProvider.Reply.Reading;
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

/** The call for one wallet of the main account. */
final class FlutterwaveV3OneWalletTest implements OneWalletContract {
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
    return Set.of(holding("", "NGN"));
  }

  @Override
  public void theProvider(Scene scene) {
    flutterwave.stub.at("/v3/balances/NGN", scene);
  }

  @Override
  public void theProviderGoesAway() {
    flutterwave.stub.goAway();
  }

  @Override
  public String replyListing(List<Money> balances) {
    return balances.isEmpty()
        ? Samples.text("v3/error-no-wallet")
        : success(entry(balances.getFirst()));
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

  /** Under status 200 a no has a meaning of its own here. */
  @Override
  public Scene theNo() {
    return new Scene.Answers(400, Map.of(), replyThatSaysNo());
  }

  @Test
  void aNoUnderStatus200IsAReadingWithoutTheWallet() {
    theProvider(Scene.ok(Samples.text("v3/error-no-wallet")));

    assertThat(provider().fetch(connection(), wanted(), PATIENCE))
        .isEqualTo(new Reading(List.of()));
  }

  @Test
  void readsTheDocumentedBalance() {
    theProvider(Scene.ok(Samples.text("v3/balance")));

    assertThat(provider().fetch(connection(), wanted(), PATIENCE))
        .isEqualTo(
            new Reading(
                List.of(
                    new AccountBalance(
                        "",
                        new Balance(money("2168880", "NGN"), money("253125.82", "NGN"), null),
                        null,
                        null,
                        Metadata.NONE))));
    assertThat(flutterwave.stub.asked())
        .extracting(StubProvider.Asked::target)
        .containsExactly("/v3/balances/NGN");
  }

  @Test
  void asksForACurrencyInFlutterwavesOwnSpelling() {
    flutterwave.stub.at("/v3/balances/eNGN", Scene.ok(success(entry("\"eNGN\"", "7.25", "0"))));

    assertThat(provider().fetch(connection(), Set.of(holding("", "eNGN")), PATIENCE))
        .isInstanceOf(Reading.class);
  }

  @Test
  void aReplyAboutAnotherCurrencySaysNothingOfTheOneThatIsWanted() {
    theProvider(Scene.ok(success(entry("\"USD\"", "7.25", "0"))));

    var reading = (Reading) provider().fetch(connection(), wanted(), PATIENCE);

    assertThat(reading.balances())
        .extracting(AccountBalance::holding)
        .containsExactly(holding("", "USD"));
  }
}
