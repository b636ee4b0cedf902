package io.walletsync.server.provider.flutterwave.v4;

import static io.walletsync.server.provider.flutterwave.v4.V4Stub.entry;
import static io.walletsync.server.provider.flutterwave.v4.V4Stub.holding;
import static io.walletsync.server.provider.flutterwave.v4.V4Stub.money;
import static io.walletsync.server.provider.flutterwave.v4.V4Stub.success;
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

/** The call for one wallet. */
final class FlutterwaveV4OneWalletTest implements OneWalletContract {
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
  public Set<Holding> wanted() {
    return Set.of(holding("NGN"));
  }

  @Override
  public void theProvider(Scene scene) {
    flutterwave.stub.at("/live/wallets/balances/NGN", scene);
  }

  @Override
  public void theProviderGoesAway() {
    flutterwave.stub.goAway();
  }

  @Override
  public String replyListing(List<Money> balances) {
    return balances.isEmpty()
        ? Samples.text("v4/error-not-found")
        : success(entry(balances.getFirst()));
  }

  @Override
  public List<String> repliesWithoutAReadableAmount() {
    var good = entry(money("1", "NGN"));
    return Stream.of(
            V4Stub.brokenEntries().map(V4Stub::success),
            Broken.envelopes(good),
            Stream.of(success("[" + good + "]")))
        .flatMap(replies -> replies)
        .toList();
  }

  @Override
  public String replyThatSaysNo() {
    return Samples.text("v4/error-request");
  }

  @Test
  void readsTheDocumentedBalance() {
    theProvider(Scene.ok(Samples.text("v4/balance")));

    assertThat(provider().fetch(connection(), wanted(), PATIENCE))
        .isEqualTo(
            new Reading(
                List.of(
                    new AccountBalance(
                        "",
                        Balance.available(money("1200.09", "NGN")),
                        null,
                        null,
                        Metadata.NONE))));
    assertThat(flutterwave.stub.asked())
        .extracting(StubProvider.Asked::target)
        .containsExactly("/token", "/live/wallets/balances/NGN");
  }

  @Test
  void aWalletThatIsNotFoundIsAReadingWithoutIt() {
    for (var status : List.of(404, 400, 200)) {
      theProvider(new Scene.Answers(status, Map.of(), Samples.text("v4/error-not-found")));

      assertThat(provider().fetch(connection(), wanted(), PATIENCE))
          .isEqualTo(new Reading(List.of()));
    }
  }
}
