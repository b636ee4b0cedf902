package io.walletsync.server.provider.flutterwave.v3;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.walletsync.server.provider.flutterwave.Samples;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV3Simulator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FlutterwaveV3MovementFeedTest implements MovementFeedContract {
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");
  private static final String SUB_ACCOUNT = "PSAE905F542704932282";

  private final StubProvider stub = new StubProvider();
  private final ProviderHttp http = new ProviderHttp(InstantSource.fixed(NOW));
  private final MovementFeed feed = new FlutterwaveV3MovementFeed(http, stub.url() + "/v3");

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
    return V3Stub.connection();
  }

  @Override
  public Holding holding() {
    return V3Stub.holding("", "NGN");
  }

  @Override
  public String secret() {
    return V3Stub.SECRET;
  }

  @Override
  public void theFeed(Scene scene) {
    stub.at("/v3/wallet/statement", scene);
  }

  @Override
  public String sample() {
    return Samples.text("v3/statement");
  }

  @Override
  public List<String> essentialFields() {
    return List.of(
        "type", "amount", "currency", "balance_before", "balance_after", "date", "statement_type");
  }

  @Override
  public List<String> documented() {
    return List.of(
        "-1.00 -> 48717450884.02",
        "-2.50 -> 48717450885.02",
        "-1.00 -> 48717450887.52",
        "-10.75 -> 48717450888.52",
        "-300.00 -> 48717450899.27");
  }

  @Override
  public String emptyPage() {
    return """
        {"status":"success","message":"x","data":{"page_info":{"total":0,"current_page":1,\
        "total_pages":1},"transactions":[]}}""";
  }

  @Override
  public String replyThatSaysNo() {
    return Samples.text("v3/error-validation");
  }

  @Test
  void aTransferAndItsFeeAreTwoMovementsThoughTheyShareAllNames() {
    theFeed(Scene.ok(sample()));

    var rows = rows(null).rows();

    assertThat(rows.get(3).reference()).isEqualTo(rows.get(4).reference());
    assertThat(rows.get(3).occurredAt()).isEqualTo(rows.get(4).occurredAt());
    assertThat(rows.get(3).key()).isNotEqualTo(rows.get(4).key());
    assertThat(rows.get(3).reason()).isEqualTo("FEE|Ade Bond|0690000034");
    assertThat(rows.get(3).kind()).isNull();
  }

  @Test
  void equalRowsOfOnePageAreSeveralAndARepeatedPageAddsNone() {
    var twice = row("1", "0", "1");
    theFeed(Scene.ok(page(1, twice, twice)));
    var rows = rows(null).rows();
    assertThat(rows).extracting(Row::key).doesNotHaveDuplicates();
    assertThat(rows.get(1).key()).endsWith("-2");

    theFeed(Scene.ok(page(1, twice)));
    assertThat(rows(null).rows().getFirst().key()).isEqualTo(rows.getFirst().key());
  }

  @Test
  void aNumberIsTheSameMovementHoweverItIsWritten() {
    theFeed(Scene.ok(page(1, row("1.0", "0", "1"))));
    var one = rows(null).rows().getFirst().key();

    theFeed(Scene.ok(page(1, row("1", "0.00", "1"))));

    assertThat(rows(null).rows().getFirst().key()).isEqualTo(one);
  }

  @Test
  void aRowThatContradictsItselfIsUnreadable() {
    theFeed(Scene.ok(page(1, row("1", "0", "2"))));
    assertThat(reason(read(holding()))).isEqualTo(Reason.UNREADABLE);

    theFeed(Scene.ok(page(1, row("-1", "1", "0"))));
    assertThat(reason(read(holding()))).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void aRowOfAnotherPotIsNoMovementOfThisOne() {
    var collected = row("5", "0", "5").replace("\"available\"", "\"ledger\"");
    theFeed(Scene.ok(page(1, row("1", "0", "1"), collected)));

    assertThat(rows(null).rows()).hasSize(1);
  }

  @Test
  void goesOnUntilTheLastPageOrUntilItReachesBehindTheWindow() {
    theFeed(Scene.ok(page(8, row("1", "0", "1"))));
    assertThat(rows(null).next()).contains("2");
    assertThat(rows("8").next()).isEmpty();
    assertThat(stub.asked().getLast().target())
        .isEqualTo("/v3/wallet/statement?currency=NGN&from=2019-12-31&to=2026-11-23&page=8");

    theFeed(Scene.ok(page(8, row("1", "0", "1").replace("2026-01-01", "2019-12-31"))));
    assertThat(rows(null).next()).isEmpty();
  }

  @Test
  void aSubAccountHasAStatementOfItsOwn() {
    var path = "/v3/payout-subaccounts/" + SUB_ACCOUNT + "/transactions";
    stub.at(path, Scene.ok(Samples.text("v3/sub-account-transactions")));

    var reply = read(V3Stub.holding(SUB_ACCOUNT, "NGN"));

    assertThat(((Reply.Rows) reply).rows()).hasSize(1);
    assertThat(stub.asked().getLast().target())
        .isEqualTo(path + "?currency=NGN&from=2019-12-31&to=2026-11-23&page=1");
  }

  @Test
  void walksTheSimulatorsWholeStatementInOneChain() {
    try (var simulator = FlutterwaveV3Simulator.start(0, InstantSource.fixed(NOW))) {
      simulator.addMerchant(
          V3Stub.SECRET, "hash", Map.of("NGN", new BigDecimal("100"), "USD", BigDecimal.TEN));
      simulator.addSubAccount(V3Stub.SECRET, SUB_ACCOUNT, Map.of("NGN", BigDecimal.ONE));
      for (var i = 1; i <= 25; i++) {
        simulator.charge(V3Stub.SECRET, "NGN", BigDecimal.valueOf(i));
        simulator.settle(V3Stub.SECRET, "NGN", BigDecimal.valueOf(i));
        simulator.transfer(V3Stub.SECRET, "NGN", BigDecimal.ONE);
      }
      var simulated = new FlutterwaveV3MovementFeed(http, simulator.baseUrl().toString());
      var window = new Window(NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(1)));

      var walk = FeedWalk.of(simulated, connection(), holding(), window);

      assertThat(walk.rows()).hasSize(51);
      assertThat(walk.pages()).isEqualTo(3);
      assertThat(walk.isOneChain()).isTrue();
      assertThat(walk.rows()).extracting(Row::key).doesNotHaveDuplicates();
      assertThat(walk.rows().getFirst().balanceAfter()).hasToString("400.00 NGN");
      var subAccount = V3Stub.holding(SUB_ACCOUNT, "NGN");
      assertThat(FeedWalk.of(simulated, connection(), subAccount, window).rows()).hasSize(1);
    }
  }

  private Reply read(Holding holding) {
    return feed.read(connection(), holding, WINDOW, null, PATIENCE);
  }

  private static Reason reason(Reply reply) {
    return ((Reply.Failure) reply).failure().reason();
  }

  private static String page(int pages, String... rows) {
    return """
        {"status":"success","message":"x","data":{"page_info":{"total":%d,"current_page":1,\
        "total_pages":%d},"transactions":[%s]}}"""
        .formatted(rows.length, pages, String.join(",", rows));
  }

  private static String row(String amount, String before, String after) {
    return """
        {"type":"C","amount":%s,"currency":"NGN","balance_before":%s,"balance_after":%s,\
        "reference":"r","date":"2026-01-01T10:00:00+00:00","remarks":"x",\
        "statement_type":"available"}"""
        .formatted(amount, before, after);
  }
}
