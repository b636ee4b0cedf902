package io.walletsync.server.support;

import io.walletsync.server.config.RunningServer;
import io.walletsync.server.config.Settings;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;

/** A server in this process, set up through the same settings as any other. */
public final class TestServer implements AutoCloseable {
  public static final String KEY_ID = "test";
  private static final byte[] SECRET =
      "thirty-two bytes of test secret!".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MASTER_KEY =
      "thirty-two bytes of master key!!".getBytes(StandardCharsets.US_ASCII);

  private final RunningServer server;

  private TestServer(RunningServer server) {
    this.server = server;
  }

  public static TestServer start(TestDatabase database, URI paystack) {
    return start(database, paystack, Map.of());
  }

  /** Starts a server with further environment variables. */
  public static TestServer start(
      TestDatabase database, URI paystack, Map<String, String> environment) {
    return start(database, paystack, environment, InstantSource.system());
  }

  /** Starts a server whose clock is not that of this machine. */
  public static TestServer start(
      TestDatabase database, URI paystack, Map<String, String> environment, InstantSource clock) {
    return start(database, paystack, environment, clock, Map.of());
  }

  /** Starts a server with further Spring properties. */
  public static TestServer start(
      TestDatabase database,
      URI paystack,
      Map<String, String> environment,
      InstantSource clock,
      Map<String, Object> overrides) {
    var all = new HashMap<>(environment(database, paystack));
    all.putAll(environment);
    var properties = new HashMap<String, Object>(Map.of("logging.level.io.walletsync", "WARN"));
    properties.putAll(overrides);
    return new TestServer(RunningServer.start(Settings.from(all), properties, clock));
  }

  /** The environment of such a server, for starting it as a process of its own. */
  public static Map<String, String> environment(TestDatabase database, URI paystack) {
    var environment = new HashMap<>(environmentWithoutDatabase(paystack));
    environment.put("WALLETSYNC_DATABASE_URL", database.applicationUrl());
    environment.put("WALLETSYNC_DATABASE_OWNER_URL", database.ownerUrl());
    environment.put("WALLETSYNC_MASTER_KEY", Base64.getEncoder().encodeToString(MASTER_KEY));
    return Map.copyOf(environment);
  }

  /** The same for a server that starts an embedded database. */
  public static Map<String, String> environmentWithoutDatabase(URI paystack) {
    return Map.of(
        "WALLETSYNC_PORT",
        "0",
        "WALLETSYNC_BOOTSTRAP_KEY_ID",
        KEY_ID,
        "WALLETSYNC_BOOTSTRAP_KEY_SECRET",
        Base64.getEncoder().encodeToString(SECRET),
        "WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL",
        paystack.toString(),
        // or calls that no test asked for would be made while it counts them
        "WALLETSYNC_MOVEMENTS_INTERVAL",
        "off");
  }

  public RunningServer running() {
    return server;
  }

  public URI address() {
    return server.address();
  }

  /** A client with the all-scopes key. */
  public ApiClient client() {
    return client(address());
  }

  /** A client of a server elsewhere that was started with {@link #environment}. */
  public static ApiClient client(URI address) {
    return new ApiClient(address, KEY_ID, SECRET);
  }

  @Override
  public void close() {
    server.close();
  }
}
