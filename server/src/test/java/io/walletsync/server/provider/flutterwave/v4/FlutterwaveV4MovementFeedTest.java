package io.walletsync.server.provider.flutterwave.v4;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.benmanes.caffeine.cache.Ticker;
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
import io.walletsync.server.provider.flutterwave.Samples;
import io.walletsync.server.provider.flutterwave.v4.V4Calls.Hosts;
import io.walletsync.server.provider.simulator.flutterwave.FlutterwaveV4Simulator;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class FlutterwaveV4MovementFeedTest implements MovementFeedContract {
  private static final String PATH = "/live/wallets/statement";
  private static final Instant NOW = Instant.parse("2026-11-22T08:00:00Z");

  private final V4Stub flutterwave = new V4Stub();
  private final MovementFeed feed =
      feed(
          flutterwave.http,
          flutterwave.stub.url() + "/token",
          new Hosts(flutterwave.stub.url() + "/live", flutterwave.stub.url() + "/sandbox"));

  private static MovementFeed feed(ProviderHttp http, String tokenUrl, Hosts hosts) {
    return new FlutterwaveV4MovementFeed(
        new V4Calls(http, new FlutterwaveV4Tokens(http, tokenUrl, Ticker.systemTicker()), hosts));
  }

  @AfterEach
  void stop() {
    flutterwave.close();
  }

  @Override
  public MovementFeed feed() {
    return feed;
  }

  @Override
  public OpenConnection connection() {
    return V4Stub.connection();
  }

  @Override
  public Holding holding() {
    return V4Stub.holding("NGN");
  }

  @Override
  public String secret() {
    return V4Stub.SECRET;
  }

  @Override
  public void theFeed(Scene scene) {
    flutterwave.stub.at(PATH, scene);
  }

  @Override
  public String sample() {
    return Samples.text("v4/statement");
  }

  @Override
  public List<String> essentialFields() {
    return List.of(
        "transaction_direction",
        "amount",
        "balance",
        "before",
        "after",
        "transaction_type",
        "transaction_date");
  }

  @Override
  public List<String> documented() {
    return List.of("-10.75 -> 1490.09", "175.00 -> 1500.84");
  }

  @Override
  public String emptyPage() {
    return page("{\"limit\":10,\"total\":0,\"has_more_items\":false}");
  }

  @Override
  public String replyThatSaysNo() {
    return Samples.text("v4/error-request");
  }

  @Test
  void keepsTypeReferenceAndRemarksAndNamesTheNextPage() {
    theFeed(Scene.ok(sample()));

    var page = rows(null);

    assertThat(page.rows().getFirst().kind()).isEqualTo("fee");
    assertThat(page.rows().getFirst().reference()).isEqualTo("flw_z882wFGMjc");
    assertThat(page.rows().getFirst().reason()).isEqualTo("FEE");
    assertThat(page.next()).contains("MjAyNC0xMS0yN1QxMjozMjozNC42MjBa");
    rows("a+b/c=");
    assertThat(flutterwave.stub.asked().getLast().target())
        .isEqualTo(
            PATH
                + "?currency=NGN&from=2020-01-01T00%3A00%3A00Z&to=2026-11-22T08%3A00%3A00Z"
                + "&size=50&next=a%2Bb%2Fc%3D");
  }

  @Test
  void amountsAreReadAsNumbersAndAsTexts() {
    theFeed(Scene.ok(sample().replace("\"value\": 10.75", "\"value\": \"10.75\"")));
    assertThat(rows(null).rows().getFirst().difference()).hasToString("-10.75 NGN");

    for (var text : List.of("\"1e1\"", "\"10,75\"", "\"-10.75\"", "true", "null")) {
      theFeed(Scene.ok(sample().replace("\"value\": 10.75", "\"value\": " + text)));
      assertThat(reason()).as(text).isEqualTo(Reason.UNREADABLE);
    }
  }

  @Test
  void aRowThatContradictsItselfIsUnreadable() {
    theFeed(Scene.ok(sample().replace("\"after\": 1490.09", "\"after\": 1490.10")));

    assertThat(reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void aPageThatNamesItselfAsTheNextOrPromisesMoreWithoutANameIsUnreadable() {
    theFeed(Scene.ok(page("{\"next\":\"abc\",\"has_more_items\":true}")));
    assertThat(rows(null).next()).contains("abc");
    assertThat(reason(feed.read(connection(), holding(), WINDOW, "abc", PATIENCE)))
        .isEqualTo(Reason.UNREADABLE);

    theFeed(Scene.ok(page("{\"next\":null,\"has_more_items\":true}")));
    assertThat(reason()).isEqualTo(Reason.UNREADABLE);
  }

  @Test
  void walksTheSimulatorsWholeStatementInOneChainThoughTheTokenEndsInBetween() {
    var clock = InstantSource.fixed(NOW);
    try (var simulator = FlutterwaveV4Simulator.start(0, clock);
        var http = new ProviderHttp(clock)) {
      simulator.addMerchant(
          V4Stub.SECRET + "-id", V4Stub.SECRET, "hash", Map.of("NGN", new BigDecimal("100")));
      for (var i = 1; i <= 60; i++) {
        simulator.charge(V4Stub.SECRET + "-id", "NGN", BigDecimal.valueOf(i));
        simulator.transfer(V4Stub.SECRET + "-id", "NGN", BigDecimal.ONE);
      }
      var base = simulator.baseUrl().toString();
      var simulated = feed(http, simulator.tokenUrl().toString(), new Hosts(base, base));
      var window = new Window(NOW.minus(Duration.ofHours(1)), NOW.plus(Duration.ofHours(1)));

      assertThat(simulated.read(connection(), holding(), window, null, PATIENCE))
          .isInstanceOf(Reply.Rows.class);
      simulator.endTokens();
      var walk = FeedWalk.of(simulated, connection(), holding(), window);

      assertThat(walk.rows()).hasSize(121);
      assertThat(walk.pages()).isEqualTo(3);
      assertThat(walk.isOneChain()).isTrue();
      assertThat(walk.rows()).extracting(Row::key).doesNotHaveDuplicates();
    }
  }

  private Reason reason() {
    return reason(feed.read(connection(), holding(), WINDOW, null, PATIENCE));
  }

  private static Reason reason(Reply reply) {
    assertThat(reply).isInstanceOf(Reply.Failure.class);
    return ((Reply.Failure) reply).failure().reason();
  }

  private static String page(String cursor) {
    return "{\"status\":\"success\",\"message\":\"x\",\"data\":{\"cursor\":%s,\"transactions\":[]}}"
        .formatted(cursor);
  }
}
