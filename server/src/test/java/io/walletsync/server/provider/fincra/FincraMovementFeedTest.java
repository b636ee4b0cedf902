package io.walletsync.server.provider.fincra;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.movement.MovementFeed.Reply;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.movement.MovementFeedContract;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.provider.ProviderFailure.Reason;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Holding;
import io.walletsync.server.provider.FeedWalk;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.provider.simulator.fincra.Cause;
import io.walletsync.server.provider.simulator.fincra.FincraSimulator;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class FincraMovementFeedTest implements MovementFeedContract {
  private static final String BUSINESS = "67d8360649685a0012574974";
  private static final String WALLET = "207151";
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  private final StubProvider stub = new StubProvider();
  private final ProviderHttp http = new ProviderHttp(InstantSource.fixed(NOW));
  private final MovementFeed feed = new FincraMovementFeed(http, _ -> stub.url().toString());

  @BeforeEach
  void theBusinessHasOneWalletOfTheCurrency() {
    stub.at("/wallets", Scene.ok(Samples.text("wallets")));
  }

  @AfterEach
  void stop() {
    http.close();
    stub.close();
  }

  @Override
  public MovementFeed feed() {
    return feed;
  }

  @Override
  public OpenConnection connection() {
    return FincraExample.connection(FincraExample.API_KEY, BUSINESS);
  }

  @Override
  public Holding holding() {
    return new Holding(WALLET, new CurrencyCode("NGN"));
  }

  @Override
  public String secret() {
    return FincraExample.API_KEY;
  }

  @Override
  public void theFeed(Scene scene) {
    stub.at("/wallets/logs", scene);
  }

  /** The documented rows, each of which is of a currency that is asked for alone. */
  @Override
  public String sample() {
    return Samples.text("logs").replace("\"USD\"", "\"NGN\"");
  }

  @Override
  public List<String> essentialFields() {
    return List.of(
        "id", "createdAt", "currency", "availableBalanceBefore", "availableBalanceAfter");
  }

  @Override
  public List<String> documented() {
    return List.of("140000.00 -> 140200.00", "-5220.00 -> 1999797633.990817");
  }

  @Override
  public String emptyPage() {
    return "{\"success\":true,\"message\":\"x\",\"data\":{\"results\":[],\"total\":192}}";
  }

  @Override
  public String replyThatSaysNo() {
    return "{\"success\":false,\"error\":\"no\",\"errorType\":\"UNPROCESSABLE_ENTITY\"}";
  }

  @Test
  void whatIsAvailableCountsAndNotTheAmountOfTheRow() {
    var unlocked =
        sample().replace("\"availableBalanceBefore\": 200,", "\"availableBalanceBefore\": 140200,");
    theFeed(Scene.ok(unlocked));

    var row = rows(null).rows().getFirst();

    assertThat(row.difference()).hasToString("0.00 NGN");
    assertThat(row.key()).isEqualTo("118199");
    assertThat(row.kind()).isEqualTo("collections");
    assertThat(row.reason()).isEqualTo("collection successful");
    assertThat(row.reference()).isEqualTo("a3bba51f-7a79-4e2f-a2fd-27e8d4c589db");
    assertThat(row.metadata().entries())
        .containsEntry("action", "credit")
        .containsEntry("amount", "140000")
        .containsEntry("ledger_after", "140200");
  }

  @Test
  void aRowOfAnotherCurrencyThanWasAskedForIsUnreadable() {
    theFeed(Scene.ok(Samples.text("logs")));

    assertThat(reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void twoWalletsOfOneCurrencyHaveNoRowsOfTheirOwn() {
    stub.at("/wallets", Scene.ok(Samples.text("wallets").replace("\"data\": [", two())));
    theFeed(Scene.ok(sample()));

    assertThat(read()).isInstanceOf(Reply.NotOffered.class);
    assertThat(stub.asked()).noneMatch(asked -> asked.target().startsWith("/wallets/logs"));
  }

  private static String two() {
    return """
        "data": [{"id":5,"currency":"NGN","availableBalance":1,"ledgerBalance":1,\
        "lockedBalance":0},""";
  }

  @Test
  void aWalletThatIsNotListedIsAFailure() {
    stub.at("/wallets", Scene.ok("{\"success\":true,\"data\":[]}"));

    assertThat(reason()).isEqualTo(Reason.ACCOUNT_MISSING);
  }

  @Test
  void asksForTheDaysAroundTheWindowInPagesOfAHundred() {
    theFeed(Scene.ok(sample()));

    assertThat(rows("3").next()).isEmpty();

    assertThat(stub.asked().getLast().target())
        .isEqualTo(
            "/wallets/logs?business=%s&currency=NGN&dateFrom=2019-12-31&dateTo=2026-11-23"
                    .formatted(BUSINESS)
                + "&perPage=100&page=3");
  }

  @Test
  void walksTheSimulatorsWholeLogInOneChain() {
    try (var simulator = FincraSimulator.start(0, InstantSource.fixed(NOW))) {
      simulator.addBusiness(FincraExample.API_KEY, BUSINESS, "webhooks");
      var wallet = simulator.addWallet(BUSINESS, "NGN");
      var other = simulator.addWallet(BUSINESS, "USD");
      simulator.move(wallet, Cause.COLLECTION, new BigDecimal("1000"));
      for (var i = 1; i <= 120; i++) {
        simulator.move(wallet, Cause.PAYOUT_STARTED, BigDecimal.ONE);
        simulator.move(wallet, Cause.PAYOUT_DONE, BigDecimal.ONE);
        simulator.move(other, Cause.COLLECTION, BigDecimal.ONE);
      }
      var simulated = new FincraMovementFeed(http, _ -> simulator.baseUrl().toString());
      var held = new Holding(Long.toString(wallet), new CurrencyCode("NGN"));

      var walk = FeedWalk.of(simulated, connection(), held, new Window(NOW, NOW.plusSeconds(1)));

      assertThat(walk.rows()).hasSize(241);
      assertThat(walk.pages()).isEqualTo(3);
      assertThat(walk.isOneChain()).isTrue();
      assertThat(walk.rows()).extracting(Row::key).doesNotHaveDuplicates();
    }
  }

  private Reply read() {
    return feed.read(connection(), holding(), WINDOW, null, PATIENCE);
  }

  private Reason reason() {
    var reply = read();
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).failure().reason();
  }
}
