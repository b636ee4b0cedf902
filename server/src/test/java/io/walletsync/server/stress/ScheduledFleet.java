package io.walletsync.server.stress;

import io.walletsync.core.Concurrently;
import io.walletsync.server.stress.StubFlutterwave.Call;
import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.ServerProcess;
import io.walletsync.server.support.TcpProxy;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.net.URI;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Three nodes on one database that sync wallets every ten seconds: one to be killed, one that
 * reaches the database by a way that can be cut, and one that goes on.
 */
final class ScheduledFleet implements AutoCloseable {
  static final String KILLED = "killed";
  static final String CUT_OFF = "cut-off";
  static final String STEADY = "steady";
  static final int WALLETS = 60;

  private final TestDatabase database = TestDatabase.create();
  private final StubFlutterwave flutterwave = new StubFlutterwave();
  private final TcpProxy way = new TcpProxy(database.host());
  private final Map<String, ServerProcess> nodes = new ConcurrentHashMap<>();

  private ScheduledFleet() {}

  static ScheduledFleet start() {
    var fleet = new ScheduledFleet();
    try {
      fleet.begin();
      return fleet;
    } catch (RuntimeException | AssertionError e) {
      fleet.close();
      throw e;
    }
  }

  private void begin() {
    register(node(STEADY, database.host()).client());
    var other = Concurrently.run(() -> node(KILLED, database.host()));
    node(CUT_OFF, way.hostAndPort());
    other.join();
    beginSchedule();
  }

  private ServerProcess node(String name, String host) {
    var environment = new HashMap<>(TestServer.environment(database, URI.create("http://[::1]:9")));
    environment.put(
        "WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL", flutterwave.url(name).toString());
    for (var url : List.of("WALLETSYNC_DATABASE_URL", "WALLETSYNC_DATABASE_OWNER_URL")) {
      environment.computeIfPresent(url, (_, value) -> value.replace(database.host(), host));
    }
    var node = ServerProcess.start(environment);
    nodes.put(name, node);
    return node;
  }

  private static void register(ApiClient client) {
    IntStream.range(0, WALLETS / StubFlutterwave.CURRENCIES.size())
        .mapToObj(number -> connect(client, number))
        .forEach(
            connection ->
                StubFlutterwave.CURRENCIES.forEach(
                    currency -> client.register(connection, currency)));
  }

  private static String connect(ApiClient client, int number) {
    return client
        .post(
            "/api/v1/connections",
            """
            {"provider":"flutterwave","api_version":"v3","name":"Shop",
             "credentials":{"secret_key":"FLWSECK_TEST-number-%d-X",
                            "webhook_secret_hash":"a-hash-of-our-own"}}
            """
                .formatted(number))
        .expect(201)
        .text("connection_id");
  }

  /** Only now, so that all three take part from the first turn; evenly over ten seconds. */
  private void beginSchedule() {
    database.look().sql("update connection set sync_interval_seconds = 10").update();
    database
        .look()
        .sql(
            """
            update wallet_schedule as place
               set due_at = clock_timestamp() + turn.number * interval '500 milliseconds'
              from (select wallet_id, dense_rank() over (order by connection_id) as number
                      from wallet) as turn
             where place.wallet_id = turn.wallet_id
            """)
        .update();
  }

  TestDatabase database() {
    return database;
  }

  StubFlutterwave flutterwave() {
    return flutterwave;
  }

  /** The way to the database of the node that is cut off. */
  TcpProxy way() {
    return way;
  }

  ServerProcess server(String node) {
    return Objects.requireNonNull(nodes.get(node));
  }

  List<ScheduledRecord> records() {
    return ScheduledRecord.all(database);
  }

  /** What was recorded of that which these calls told. */
  List<ScheduledRecord> recordsOf(Collection<Call> calls) {
    var told = calls.stream().map(Call::balance).collect(Collectors.toSet());
    return records().stream().filter(it -> told.contains(it.balance())).toList();
  }

  /** Whether something is recorded that a node was told after so many calls of all nodes. */
  boolean recordsAgain(String node, int calls) {
    return !recordsOf(
            flutterwave.calls().stream()
                .skip(calls)
                .filter(call -> call.node().equals(node))
                .toList())
        .isEmpty();
  }

  /** Whether there is a record of each wallet whose call started after this. */
  boolean areAllRecordedSince(Instant moment) {
    return records().stream()
            .filter(it -> it.callStartedAt().isAfter(moment))
            .map(ScheduledRecord::wallet)
            .distinct()
            .count()
        == WALLETS;
  }

  @Override
  public void close() {
    nodes.values().forEach(ServerProcess::kill);
    flutterwave.close();
    way.close();
  }
}
