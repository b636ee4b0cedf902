package io.walletsync.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.wallet.WalletId;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.Eventually;
import io.walletsync.server.support.KafkaBroker;
import io.walletsync.server.support.KafkaReader;
import io.walletsync.server.support.KafkaReader.Message;
import io.walletsync.server.support.ServerProcess;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import io.walletsync.server.support.ToldEvents;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What a consumer sees that leaves out what it has seen: each event, and each wallet's in order.
 */
class EventPublishingTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Duration LATER = Duration.ofMinutes(3);

  private final KafkaBroker broker = KafkaBroker.shared();
  private final String topic = "events-" + UUID.randomUUID();
  private final List<WalletId> wallets =
      Stream.generate(() -> new WalletId(UUID.randomUUID())).limit(4).toList();
  private TestDatabase database;
  private StubPaystack paystack;
  private TestServer server;
  private ToldEvents told;
  private KafkaReader reader;

  @BeforeEach
  void start() {
    database = TestDatabase.create();
    paystack = new StubPaystack();
    server = TestServer.start(database, paystack.url(), kafka());
    told = new ToldEvents(server);
    reader = new KafkaReader(broker, topic);
  }

  @AfterEach
  void stop() {
    reader.close();
    server.close();
    paystack.close();
  }

  private Map<String, String> kafka() {
    return Map.of(
        "WALLETSYNC_KAFKA_BOOTSTRAP_SERVERS", broker.address(), "WALLETSYNC_KAFKA_TOPIC", topic);
  }

  @Test
  void everyChangeReachesTheTopicAndABrokerThatWasAwayLosesNothing() {
    var client = server.client();
    paystack.has("sk_test_published", "NGN", 1_00);
    var wallet = client.register(client.connect("sk_test_published"), "NGN");
    client.sync(wallet).expect(200);
    try (var other = TestServer.start(database, paystack.url(), kafka())) {
      told.tellAtOnce(wallets, 30);
      assertThat(awaitInOrder(30, SOON)).isEqualTo(numbers(30));

      broker.kill();
      told.tellAtOnce(wallets, 20);
      paystack.has("sk_test_published", "NGN", 2_00);
      client.sync(wallet).expect(200);
      Eventually.within(
          SOON,
          "failures",
          () -> sum("walletsync_event_publish_failures_total", server, other) > 0);
      for (var node : List.of(server, other)) {
        assertThat(get(node, "/actuator/health/readiness").status()).isEqualTo(200);
      }
      broker.start();

      var twice = awaitInOrder(50, SOON);
      assertThat(twice.get(wallets.getFirst()))
          .containsExactlyElementsOf(Stream.concat(range(30), range(20)).toList());
      Eventually.within(
          SOON,
          "all are counted",
          () -> sum("walletsync_events_published_total", server, other) == 50 * wallets.size() + 2);
    }
    var changes = reader.await(SOON, 2, it -> it.key().equals(wallet));
    assertThat(changes)
        .extracting(it -> it.headers().get("ce_sequence"))
        .containsExactly("0000000000000000001", "0000000000000000002");
    var feed = client.get("/api/v1/events?wallet_id=" + wallet).expect(200).json().get("data");
    assertThat(changes.stream().map(Message::json)).containsExactlyElementsOf(feed);
  }

  @Test
  @Tag("long")
  void aBrokerThatIsAwayForMinutesLosesNothing() {
    told.tellAtOnce(wallets, 10);
    awaitInOrder(10, SOON);
    broker.kill();
    for (var minute = 0; minute < 3; minute++) {
      told.tellAtOnce(wallets, 20);
      LockSupport.parkNanos(Duration.ofMinutes(1).toNanos());
    }
    // looked up every 15 s
    assertThat(count(server, "walletsync_event_publish_lag_seconds")).isGreaterThan(100);
    broker.start();

    awaitInOrder(70, LATER);
    Eventually.within(
        LATER, "no lag", () -> count(server, "walletsync_event_publish_lag_seconds") == 0);
  }

  @Test
  @Tag("long")
  void nodesThatAreKilledLoseNothing() {
    server.close();
    server = TestServer.start(database, paystack.url()); // writes, and publishes nothing
    told = new ToldEvents(server);
    var environment = new HashMap<>(TestServer.environment(database, paystack.url()));
    environment.putAll(kafka());
    var random = new Random(3);
    var each = 0;
    for (var kill = 0; kill < 6; kill++) {
      try (var node = ServerProcess.start(environment)) {
        var writing = Thread.ofVirtual().start(() -> told.tellAtOnce(wallets, 50));
        LockSupport.parkNanos(Duration.ofMillis(random.nextInt(4_000)).toNanos());
        node.kill();
        join(writing);
        // as if its lease had ended already
        database.look().sql("update outbox_bookmark set lease_until = '-infinity'").update();
        each += 50;
      }
    }
    try (var _ = ServerProcess.start(environment)) {
      awaitInOrder(each, LATER);
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Stream<Integer> range(int last) {
    return IntStream.rangeClosed(1, last).boxed();
  }

  private Map<WalletId, List<Integer>> numbers(int each) {
    return wallets.stream().collect(Collectors.toMap(it -> it, _ -> range(each).toList()));
  }

  /** The numbers of each wallet's events, in the order in which a consumer sees them first. */
  private Map<WalletId, List<Integer>> awaitInOrder(int each, Duration patience) {
    var keys = wallets.stream().map(it -> it.value().toString()).collect(Collectors.toSet());
    var messages = reader.await(patience, each * wallets.size(), it -> keys.contains(it.key()));
    assertThat(messages).hasSize(each * wallets.size());
    assertThat(ids(messages)).hasSameSizeAs(messages);
    var seen = new HashMap<WalletId, List<Integer>>();
    var feed = server.client();
    for (var message : messages) {
      assertThat(message.json().get("wallet_id").asString()).isEqualTo(message.key());
      seen.computeIfAbsent(new WalletId(UUID.fromString(message.key())), _ -> new ArrayList<>())
          .add(message.json().at("/data/number").asInt());
    }
    for (var wallet : wallets) {
      assertThat(
              messages.stream()
                  .filter(it -> it.key().equals(wallet.value().toString()))
                  .map(it -> it.id().toString()))
          .as("in the order of the feed")
          .containsExactlyElementsOf(listed(feed, wallet));
    }
    return seen;
  }

  private static Set<UUID> ids(List<Message> messages) {
    return messages.stream().map(Message::id).collect(Collectors.toSet());
  }

  private static List<String> listed(ApiClient client, WalletId wallet) {
    var ids = new ArrayList<String>();
    var after = "";
    while (true) {
      var page =
          client
              .get("/api/v1/events?limit=100&wallet_id=" + wallet.value() + after)
              .expect(200)
              .json();
      page.get("data").forEach(event -> ids.add(event.get("event_id").asString()));
      if (!page.get("has_more").asBoolean()) {
        return ids;
      }
      after = "&after=" + page.get("next_cursor").asString();
    }
  }

  private static double sum(String metric, TestServer... nodes) {
    return Stream.of(nodes).mapToDouble(node -> count(node, metric)).sum();
  }

  private static double count(TestServer node, String metric) {
    return get(node, "/actuator/prometheus")
        .body()
        .lines()
        .filter(line -> line.startsWith(metric + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.indexOf(' '))))
        .sum();
  }

  private static ApiClient.Answer get(TestServer node, String path) {
    return ApiClient.send(HttpRequest.newBuilder(node.address().resolve(path)).build());
  }
}
