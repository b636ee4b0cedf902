package io.walletsync.server.demo;

import io.walletsync.core.access.RequestSigner;
import io.walletsync.server.config.RunningServer;
import io.walletsync.server.config.Settings;
import io.walletsync.server.provider.simulator.paystack.PaystackSimulator;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * A server on a data directory of its own, a simulated Paystack whose balances move by themselves,
 * and some wallets, synced for real over HTTP.
 */
public final class Demo implements AutoCloseable {
  private static final String KEY_ID = "demo";
  private static final String PROVIDER_SECRET = "sk_test_walletsync_demo_not_a_real_key";
  private static final String CONNECTION = "Demo store at Paystack";
  private static final Duration MOVES_EVERY = Duration.ofSeconds(3);

  private static final Set<String> NOT_FOR_PLAYING =
      Set.of(
          "WALLETSYNC_DATABASE_URL",
          "WALLETSYNC_DATABASE_OWNER_URL",
          "WALLETSYNC_MASTER_KEY",
          "WALLETSYNC_BOOTSTRAP_KEY_ID",
          "WALLETSYNC_BOOTSTRAP_KEY_SECRET");

  /** Only what is wrong, in plain lines: a person reads along. */
  private static final Map<String, Object> QUIET =
      Map.of(
          "logging.structured.format.console", "",
          "logging.pattern.console", "%level %msg%n%wEx",
          "logging.level.root", "WARN",
          "logging.level.io.walletsync", "WARN",
          "logging.level.io.walletsync.server.embedded", "INFO");

  /** Opening balances in subunits, by currency. */
  private static final Map<String, Long> OPENING =
      new TreeMap<>(Map.of("NGN", 2_910_971_757L, "GHS", 48_400L, "KES", 1_250_000L));

  private final PaystackSimulator paystack;
  private final RunningServer server;

  private Demo(PaystackSimulator paystack, RunningServer server) {
    this.paystack = paystack;
    this.server = server;
  }

  /** Starts everything, and tells on {@code out} what there is and what to try. */
  public static Demo start(Map<String, String> environment, PrintStream out) {
    var settings = environmentForPlaying(environment);
    // below the directory of a real installation, never in it
    var data = Settings.from(environmentForPlaying(environment)).dataDirectory().resolve("demo");
    out.println("Starting a server and its embedded PostgreSQL in " + data + " …");
    out.flush();
    var paystack = PaystackSimulator.start(0, InstantSource.system());
    try {
      paystack.addIntegration(PROVIDER_SECRET, OPENING);
      paystack.moveByItself(MOVES_EVERY);
      var secret = DemoKey.in(data).secret().toArray();
      settings.put("WALLETSYNC_DATA_DIR", data.toString());
      settings.put("WALLETSYNC_BOOTSTRAP_KEY_ID", KEY_ID);
      settings.put("WALLETSYNC_BOOTSTRAP_KEY_SECRET", Base64.getEncoder().encodeToString(secret));
      settings.put("WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL", paystack.baseUrl().toString());
      var server = RunningServer.start(Settings.from(settings), QUIET);
      var demo = new Demo(paystack, server);
      try {
        demo.play(secret, out);
        return demo;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (RuntimeException e) {
      paystack.close();
      throw e;
    }
  }

  /** Whatever database and keys the environment names are not for playing. */
  private static Map<String, String> environmentForPlaying(Map<String, String> environment) {
    var settings = new HashMap<>(environment);
    settings.keySet().removeAll(NOT_FOR_PLAYING);
    return settings;
  }

  private void play(byte[] secret, PrintStream out) {
    var client =
        new DemoClient(server.address(), new RequestSigner(KEY_ID, secret, InstantSource.system()));
    var connection = connect(client);
    var rows = new ArrayList<List<String>>();
    for (var currency : OPENING.keySet()) {
      var wallet =
          client
              .post(
                  "/api/v1/wallets",
                  null,
                  Map.of(
                      "connection_id", connection,
                      "currency", currency,
                      "owner_id", "demo-store"))
              .expect(200, 201)
              .text("wallet_id");
      client.post("/api/v1/wallets/" + wallet + "/sync-balance", null, Map.of()).expect(200);
      var balance = client.get("/api/v1/wallets/" + wallet + "/balance").expect(200);
      rows.add(
          List.of(
              wallet, balance.text("currency"), balance.text("balance"), balance.text("as_of")));
    }
    new DemoReport(
            server.address(),
            paystack.baseUrl(),
            KEY_ID,
            Base64.getEncoder().encodeToString(secret))
        .print(rows, out);
  }

  /** Connects the simulated integration, or finds it connected by an earlier run. */
  private static String connect(DemoClient client) {
    var added =
        client.post(
            "/api/v1/connections",
            null,
            Map.of(
                "provider",
                "paystack",
                "name",
                CONNECTION,
                "credentials",
                Map.of("secret_key", PROVIDER_SECRET)));
    if (added.status() == 201) {
      return added.text("connection_id");
    }
    for (var connection : client.get("/api/v1/connections").expect(200).json().path("data")) {
      if (connection.path("name").asString("").equals(CONNECTION)) {
        return connection.path("connection_id").asString("");
      }
    }
    throw new IllegalStateException("the server refused the connection: " + added.json());
  }

  @Override
  public void close() {
    server.close();
    paystack.close();
  }
}
