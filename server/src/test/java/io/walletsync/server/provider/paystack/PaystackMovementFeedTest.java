package io.walletsync.server.provider.paystack;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.money.CurrencyCode;
import io.walletsync.core.movement.MovementFeed;
import io.walletsync.core.movement.MovementFeed.Row;
import io.walletsync.core.movement.MovementFeed.Window;
import io.walletsync.core.movement.MovementFeedContract;
import io.walletsync.core.provider.BalanceProviderContract.Scene;
import io.walletsync.core.wallet.Connection;
import io.walletsync.core.wallet.ConnectionId;
import io.walletsync.core.wallet.Connections.OpenConnection;
import io.walletsync.core.wallet.Credentials;
import io.walletsync.core.wallet.Holding;
import io.walletsync.core.wallet.ProviderId;
import io.walletsync.server.provider.FeedWalk;
import io.walletsync.server.provider.ProviderHttp;
import io.walletsync.server.provider.StubProvider;
import io.walletsync.server.provider.simulator.paystack.PaystackSimulator;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PaystackMovementFeedTest implements MovementFeedContract {
  private static final String SECRET = "sk_test_0123456789abcdef";
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final InstantSource CLOCK = InstantSource.fixed(NOW);

  private final StubProvider stub = new StubProvider();
  private final ProviderHttp http = new ProviderHttp(CLOCK);
  private final MovementFeed feed = new PaystackMovementFeed(http, stub.url().toString());

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
  public Holding holding() {
    return new Holding("", new CurrencyCode("NGN"));
  }

  @Override
  public String secret() {
    return SECRET;
  }

  @Override
  public void theFeed(Scene scene) {
    stub.at("/balance/ledger", scene);
  }

  @Override
  public String sample() {
    return Samples.text("ledger");
  }

  @Override
  public List<String> essentialFields() {
    return List.of("id", "currency", "balance", "difference", "createdAt");
  }

  @Override
  public List<String> documented() {
    return List.of(
        "-500.00 -> 20782249.68",
        "100.00 -> 20782749.68",
        "5000.00 -> 20782649.68",
        "2308.45 -> 20777649.68",
        "-2100.00 -> 20775341.23");
  }

  @Override
  public String emptyPage() {
    return "{\"status\":true,\"message\":\"Balance ledger retrieved\",\"data\":[],\"meta\":{}}";
  }

  @Override
  public String replyThatSaysNo() {
    return "{\"status\":false,\"message\":\"Invalid 'from' date passed\"}";
  }

  @Test
  void keepsTheIdTheCauseAndTheReason() {
    theFeed(Scene.ok(sample()));

    var row = rows(null).rows().getFirst();

    assertThat(row.key()).isEqualTo("149411613");
    assertThat(row.occurredAt()).isEqualTo("2021-04-08T09:39:49Z");
    assertThat(row.kind()).isEqualTo("Transfer");
    assertThat(row.reason()).isEqualTo("Who dey breet?");
    assertThat(row.reference()).isEqualTo("56610600");
    assertThat(rows(null).rows().get(1).reason()).isNull();
  }

  @Test
  void amountsAreHundredthsAlsoOfXofAndIdsAreLongerThanAnInt() {
    theFeed(Scene.ok(page(row(2_512_059_357L, "XOF", 48_400, 100, "2026-10-09T10:25:44.000Z"))));

    var reply =
        (MovementFeed.Reply.Rows)
            feed.read(
                connection(), new Holding("", new CurrencyCode("XOF")), WINDOW, null, PATIENCE);

    assertThat(reply.rows()).extracting(Row::key).containsExactly("2512059357");
    assertThat(reply.rows().getFirst().difference()).hasToString("1.00 XOF");
  }

  @Test
  void rowsOfOtherCurrenciesAreNotOfThisWalletButMustBeReadable() {
    var good = row(1, "NGN", 100, 100, "2026-10-09T10:25:44.000Z");
    theFeed(Scene.ok(page(good, row(2, "GHS", 5, 5, "2026-10-09T10:25:43.000Z"))));
    assertThat(rows(null).rows()).extracting(Row::key).containsExactly("1");

    theFeed(Scene.ok(page(good, row(2, "GHS", 5, 5, "yesterday"))));
    assertThat(feed.read(connection(), holding(), WINDOW, null, PATIENCE))
        .isInstanceOf(MovementFeed.Reply.Failure.class);
  }

  @Test
  void aFullPageHasANextOneUnlessItReachesBehindTheWindow() {
    var full =
        IntStream.range(0, 50)
            .mapToObj(i -> row(100 - i, "GHS", 1, 1, "2026-10-09T10:25:44.000Z"))
            .toArray(String[]::new);
    theFeed(Scene.ok(page(full)));
    assertThat(rows(null).next()).contains("2");
    assertThat(rows("7").next()).contains("8");
    assertThat(stub.asked().getLast().target())
        .isEqualTo(
            "/balance/ledger?perPage=50&page=7&from=2020-01-01T00%3A00%3A00.000Z"
                + "&to=2026-11-22T08%3A00%3A00.000Z");

    full[49] = row(1, "GHS", 1, 1, "2019-12-31T23:59:59.999Z");
    theFeed(Scene.ok(page(full)));
    assertThat(rows(null).next()).isEmpty();
  }

  @Test
  void walksTheSimulatorsWholeLedgerInOneChainForEachCurrency() {
    try (var simulator = PaystackSimulator.start(0, CLOCK)) {
      simulator.addIntegration(SECRET, Map.of("NGN", 1_000L, "GHS", 500L));
      for (var i = 1; i <= 70; i++) {
        simulator.move(SECRET, "NGN", i, "Transaction");
        simulator.move(SECRET, "GHS", -1, "Transfer");
      }
      var simulated = new PaystackMovementFeed(http, simulator.baseUrl().toString());

      var walk =
          FeedWalk.of(simulated, connection(), holding(), new Window(NOW, NOW.plusSeconds(1)));

      assertThat(walk.rows()).hasSize(71);
      assertThat(walk.pages()).isEqualTo(3);
      assertThat(walk.isOneChain()).isTrue();
      assertThat(walk.rows().getFirst().balanceAfter()).hasToString("34.85 NGN");
      var nothing = new Window(NOW.minusSeconds(9), NOW.minusSeconds(1));
      assertThat(FeedWalk.of(simulated, connection(), holding(), nothing).rows()).isEmpty();
    }
  }

  private static String page(String... rows) {
    return "{\"status\":true,\"data\":[" + String.join(",", rows) + "]}";
  }

  private static String row(long id, String currency, long balance, long difference, String at) {
    return """
        {"id":%d,"currency":"%s","balance":%d,"difference":%d,"createdAt":"%s"}"""
        .formatted(id, currency, balance, difference, at);
  }
}
