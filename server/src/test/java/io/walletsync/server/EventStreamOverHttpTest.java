package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.EventSource;
import io.walletsync.server.support.EventSource.Event;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import io.walletsync.server.support.ToldEvents;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What a user sees who keeps listening to the change feed. */
class EventStreamOverHttpTest {
  private static final String EVENTS = "/api/v1/events";
  private static final String STREAM = EVENTS + "/stream";
  private static final Duration SOON = Duration.ofSeconds(20);
  private static final Map<String, Object> IMPATIENT =
      Map.of("server.tomcat.connection-timeout", "1s");

  private static TestDatabase database;
  private static StubPaystack paystack;
  private static TestServer server;
  private static ApiClient client;
  private static ToldEvents told;

  @BeforeAll
  static void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = start(Map.of());
    client = server.client();
    told = new ToldEvents(server);
  }

  private static TestServer start(Map<String, String> environment) {
    return TestServer.start(
        database, paystack.url(), environment, InstantSource.system(), IMPATIENT);
  }

  @AfterAll
  static void stop() {
    server.close();
    paystack.close();
  }

  @Test
  void tellsAtOnceWhatHappensInTheFormOfTheFeed() {
    var start = latest();
    var wallet = wallet();
    try (var stream = client.listen(STREAM + "?after=latest", Map.of())) {
      told.tell(List.of(ToldEvents.about(wallet, 1, "two\nlines"), ToldEvents.aboutNone(2)));

      var events = await(stream, 2);

      var feed = client.get(EVENTS + "?after=" + start).expect(200).json();
      assertThat(events.stream().map(Event::json)).containsExactlyElementsOf(feed.get("data"));
      assertThat(events).extracting(Event::type).containsOnly("sync.failing");
      assertThat(stream.lastId()).isEqualTo(feed.get("next_cursor").asString());
      var headers = stream.response().headers();
      assertThat(headers.firstValue("Content-Type")).contains("text/event-stream;charset=UTF-8");
      assertThat(headers.firstValue("Cache-Control")).contains("no-store");
      assertThat(headers.firstValue("X-Accel-Buffering")).contains("no");
    }
  }

  @Test
  void whoComesAgainWithTheLastIdMissesNothingAndHearsNothingTwice() throws Exception {
    var start = latest();
    var wallets = Stream.generate(EventStreamOverHttpTest::wallet).limit(4).toList();
    var each = 60;
    var writers = Thread.ofVirtual().start(() -> told.tellAtOnce(wallets, each));
    var random = new Random(7);
    var heard = new ArrayList<String>();
    var last = start;
    var connections = 0;
    while (heard.size() < wallets.size() * each) {
      var lastId = last;
      try (var stream =
          client.listen(STREAM + "?after=" + start, Map.of("Last-Event-ID", lastId))) {
        var few = await(stream, 1 + random.nextInt(20), wallets.size() * each - heard.size());
        few.forEach(event -> heard.add(event.json().get("event_id").asString()));
        last = few.getLast().id();
        connections++;
      }
    }
    writers.join();

    assertThat(heard).containsExactlyElementsOf(feed(start));
    assertThat(connections).isGreaterThan(8);
  }

  @Test
  void tellsOnlyWhatIsWantedAndWhereToGoOn() {
    var mine = wallet();
    var start = latest();
    told.tell(List.of(ToldEvents.about(wallet(), 1, ""), ToldEvents.about(mine, 2, "")));
    var wanted = STREAM + "?after=" + start + "&type=sync.failing&wallet_id=" + mine.value();
    var unwanted = STREAM + "?after=" + start + "&type=reading.settled";
    try (var some = client.listen(wanted, Map.of());
        var none = client.listen(unwanted, Map.of())) {
      var event = await(some, 1).getFirst();
      told.tell(List.of(ToldEvents.about(wallet(), 3, ""), ToldEvents.about(mine, 4, "")));
      await(some, 2);

      assertThat(event.json().at("/data/number").asString()).isEqualTo("2");
      assertThat(some.events().getLast().json().at("/data/number").asString()).isEqualTo("4");
      assertThat(none.events()).isEmpty();
      assertThat(none.lastId()).isEqualTo(start);
    }
  }

  @Test
  void endsSoonAfterItsKeyWasRevoked() {
    var created = client.post("/api/v1/api-keys", "{\"name\":\"x\",\"scopes\":[\"wallets:read\"]}");
    var other =
        new ApiClient(
            server.address(),
            created.expect(201).text("key_id"),
            Base64.getDecoder().decode(created.text("secret")));
    try (var stream = other.listen(STREAM + "?after=latest", Map.of());
        var another = client.listen(STREAM + "?after=latest", Map.of())) {
      Eventually.within(SOON, "the start", () -> !stream.lastId().isEmpty());

      client.delete("/api/v1/api-keys/" + created.text("api_key_id")).expect(200);

      Eventually.within(Duration.ofSeconds(5), "the end of the stream", stream::isOver);
      assertThat(another.isOver()).isFalse();
    }
  }

  @Test
  void whoDoesNotReadIsLeftAndHoldsUpNobody() throws IOException {
    var wallet = wallet();
    var start = latest();
    var large = "x".repeat(200_000);
    for (var i = 0; i < 100; i++) {
      told.tell(List.of(ToldEvents.about(wallet, i, large)));
    }
    try (var deaf = new Socket();
        var stream = client.listen(STREAM + "?after=latest", Map.of())) {
      deaf.setReceiveBufferSize(4_096);
      deaf.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), server.address().getPort()));
      var target = STREAM + "?after=" + start;
      deaf.getOutputStream().write(request(target).getBytes(StandardCharsets.US_ASCII));
      Eventually.within(SOON, "both are listened to", () -> open() >= 2);
      var others = open() - 1;

      told.tell(List.of(ToldEvents.about(wallet(), 1, "")));

      await(stream, 1);
      // also those that other tests left are noticed by now
      Eventually.within(SOON, "the deaf one is left", () -> open() <= others);
      assertThat(stream.isOver()).isFalse();
    }
  }

  /** A signed request as it goes on the wire. */
  private static String request(String target) {
    var lines = new StringBuilder("GET " + target + " HTTP/1.1\r\nHost: 127.0.0.1\r\n");
    client.signature("GET", target).forEach((name, value) -> lines.append(line(name, value)));
    return lines.append("\r\n").toString();
  }

  private static String line(String name, String value) {
    return name + ": " + value + "\r\n";
  }

  @Test
  void whoFindsNoRoomIsToldToComeAgainAndANodeThatStopsEndsItsStreamsFirst() {
    var small = start(Map.of("WALLETSYNC_EVENT_STREAMS", "2"));
    try (var one = small.client().listen(STREAM + "?after=latest", Map.of());
        var two = small.client().listen(STREAM + "?after=latest", Map.of())) {
      Eventually.within(
          SOON, "the start", () -> !one.lastId().isEmpty() && !two.lastId().isEmpty());

      var refused = small.client().get(STREAM).expect(503);

      assertThat(refused.problem()).isEqualTo("overloaded");
      assertThat(refused.header("Retry-After")).isNotEmpty();
      small.client().send("HEAD", STREAM, null, Map.of(), null).expect(200);
      var begun = System.nanoTime();

      small.close();

      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(10));
      Eventually.within(SOON, "the end of the streams", () -> one.isOver() && two.isOver());
    }
  }

  @Test
  void saysWhatIsWrongBeforeItBegins() {
    for (var bad : List.of("after=never", "type=everything", "wallet_id=mine", "limit=5")) {
      var answer = client.get(STREAM + "?" + bad).expect(400);

      assertThat(answer.json().at("/errors/0/field").asString())
          .isEqualTo(bad.substring(0, bad.indexOf('=')));
    }
    for (var bad : List.of("never", "latest", latest() + "A")) {
      var answer = client.get(STREAM, Map.of("Last-Event-ID", bad)).expect(400);

      assertThat(answer.json().at("/errors/0/field").asString()).isEqualTo("Last-Event-ID");
    }
    assertThat(client.send("POST", STREAM, null, Map.of(), "{}").expect(405).header("Allow"))
        .isEqualTo("GET");
    var head = client.send("HEAD", STREAM, null, Map.of(), null).expect(200);
    assertThat(head.header("Content-Type")).isEqualTo("text/event-stream;charset=UTF-8");
  }

  private static WalletId wallet() {
    return new WalletId(UUID.randomUUID());
  }

  private static String latest() {
    return client.get(EVENTS + "?after=latest").expect(200).text("next_cursor");
  }

  /** The ids of all events behind a place, asked for page by page. */
  private static List<String> feed(String start) {
    var ids = new ArrayList<String>();
    var cursor = start;
    while (true) {
      var page = client.get(EVENTS + "?limit=100&after=" + cursor).expect(200).json();
      page.get("data").forEach(event -> ids.add(event.get("event_id").asString()));
      if (!page.get("has_more").asBoolean()) {
        return ids;
      }
      cursor = page.get("next_cursor").asString();
    }
  }

  private static int open() {
    var scrape = HttpRequest.newBuilder(server.address().resolve("/actuator/prometheus")).build();
    return ApiClient.send(scrape)
        .expect(200)
        .body()
        .lines()
        .filter(line -> line.startsWith("walletsync_event_streams_open "))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.indexOf(' '))))
        .findFirst()
        .orElseThrow();
  }

  private static List<Event> await(EventSource stream, int events) {
    return await(stream, events, events);
  }

  /** The first of the events that come, or all that are left. */
  private static List<Event> await(EventSource stream, int events, int left) {
    var wanted = Math.min(events, left);
    Eventually.within(SOON, wanted + " events", () -> stream.events().size() >= wanted);
    // a view of the list breaks when the next event comes
    return stream.events().stream().limit(wanted).toList();
  }
}
