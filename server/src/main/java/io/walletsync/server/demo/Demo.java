package io.walletsync.server.demo;

import io.walletsync.core.access.RequestSigner;
import io.walletsync.server.config.RunningServer;
import io.walletsync.server.config.Settings;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * A server on a data directory of its own, simulated providers whose balances move by themselves
 * and one of which fails at first, and some wallets, synced for real over HTTP.
 */
public final class Demo implements AutoCloseable {
  private static final String KEY_ID = "demo";
  private static final Duration TROUBLE = Duration.ofMinutes(1);

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

  private final SimulatedProviders providers;
  private final RunningServer server;

  private Demo(SimulatedProviders providers, RunningServer server) {
    this.providers = providers;
    this.server = server;
  }

  /** Starts everything, and tells on {@code out} what there is and what to try. */
  public static Demo start(Map<String, String> environment, PrintStream out) {
    return start(environment, SimulatedProviders.start(InstantSource.system()), out);
  }

  /** With these providers, which are closed with the demo or if it cannot start. */
  static Demo start(
      Map<String, String> environment, SimulatedProviders providers, PrintStream out) {
    try {
      var settings = environmentForPlaying(environment);
      // below the directory of a real installation, never in it
      var data = Settings.from(settings).dataDirectory().resolve("demo");
      out.println("Starting a server and its embedded PostgreSQL in " + data + " …");
      out.flush();
      var secret = DemoKey.in(data).secret().toArray();
      settings.put("WALLETSYNC_DATA_DIR", data.toString());
      settings.putIfAbsent("WALLETSYNC_MOVEMENTS_INTERVAL", "PT30S"); // nobody plays for an hour
      settings.put("WALLETSYNC_BOOTSTRAP_KEY_ID", KEY_ID);
      settings.put("WALLETSYNC_BOOTSTRAP_KEY_SECRET", Base64.getEncoder().encodeToString(secret));
      settings.putAll(providers.settings());
      var server = RunningServer.start(Settings.from(settings), QUIET);
      var demo = new Demo(providers, server);
      try {
        demo.play(secret, out);
        return demo;
      } catch (RuntimeException e) {
        server.close();
        throw e;
      }
    } catch (RuntimeException e) {
      providers.close();
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
    var signer = new RequestSigner(KEY_ID, secret, InstantSource.system());
    var steps = new FirstSteps(server.address(), new DemoClient(server.address(), signer));
    var wallets = new ArrayList<DemoWallet>();
    for (var business : providers.businesses()) {
      wallets.addAll(steps.take(business));
    }
    providers.moveByThemselves();
    var failing = providers.fail(TROUBLE);
    new DemoReport(server.address(), KEY_ID, Base64.getEncoder().encodeToString(secret), out)
        .print(
            providers.businesses(),
            wallets,
            failing,
            InstantSource.system().instant().plus(TROUBLE));
  }

  @Override
  public void close() {
    server.close();
    providers.close();
  }
}
