package io.walletsync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A whole WalletSync of our own: server, database and provider stub, each its own process. */
final class Installation implements AutoCloseable {
  /** One for the whole run, for all of its servers may work on one database. */
  private static final String MASTER_KEY = masterKey();

  private static final int SPARE_CONNECTIONS = 60;
  private static final int DEFAULT_CONNECTIONS = 100;

  private final Workplace work;
  private final Key key;
  private final StubProcess stub;
  private final ServerProcess server;
  private final DatabaseAccess database;

  private Installation(
      Workplace work, Key key, StubProcess stub, ServerProcess server, DatabaseAccess database) {
    this.work = work;
    this.key = key;
    this.stub = stub;
    this.server = server;
    this.database = database;
  }

  /**
   * Starts everything.
   *
   * @param settings more of them for the server
   */
  static Installation start(Options options, Map<String, String> settings)
      throws IOException, InterruptedException, SQLException {
    var work = Workplace.in(options.directory());
    try {
      return start(options, settings, work);
    } catch (IOException | SQLException | RuntimeException e) {
      work.close();
      throw e;
    }
  }

  private static Installation start(Options options, Map<String, String> settings, Workplace work)
      throws IOException, InterruptedException, SQLException {
    var key = new Key(InstantSource.system());
    var stub = StubProcess.start(work);
    var environment = new HashMap<>(key.settings());
    environment.put("WALLETSYNC_PROVIDERS_FLUTTERWAVE_V3_BASE_URL", stub.url() + "/v3");
    environment.put("WALLETSYNC_PROVIDERS_PAYSTACK_BASE_URL", stub.url());
    // what is measured is balances: no other calls beside them
    environment.put("WALLETSYNC_MOVEMENTS_INTERVAL", "off");
    environment.putAll(settings);
    var url = options.databaseUrl();
    if (url != null) {
      environment.put("WALLETSYNC_DATABASE_URL", url);
      environment.put("WALLETSYNC_MASTER_KEY", MASTER_KEY);
      var server = ServerProcess.start(serverJar(), javaOptions(), environment, work);
      return new Installation(work, key, stub, server, DatabaseAccess.at(url));
    }
    var data = work.file("data");
    environment.put("WALLETSYNC_DATA_DIR", data.toString());
    var server = startOnOwnDatabase(data, environment, work, options.mostConnections());
    return new Installation(work, key, stub, server, DatabaseAccess.embedded(data));
  }

  StubProcess stub() {
    return stub;
  }

  ServerProcess server() {
    return server;
  }

  DatabaseAccess database() {
    return database;
  }

  Key key() {
    return key;
  }

  Api api() throws IOException {
    return new Api(server.port(), key);
  }

  Usage used() {
    return new Usage(
        server.used(),
        database.used(),
        ProcessTimes.ofProcess(stub.pid()),
        ProcessTimes.ofProcess(ProcessHandle.current().pid()));
  }

  /** Where its files are. */
  Path directory() {
    return work.file("");
  }

  @Override
  public void close() {
    work.close();
  }

  /** The limits need a connection for each client, and the product's cluster is made for fewer. */
  private static ServerProcess startOnOwnDatabase(
      Path data, Map<String, String> environment, Workplace work, int connections)
      throws IOException, InterruptedException {
    var server = ServerProcess.start(serverJar(), javaOptions(), environment, work);
    if (connections + SPARE_CONNECTIONS <= DEFAULT_CONNECTIONS) {
      return server;
    }
    server.stop();
    Files.writeString(
        DatabaseAccess.cluster(data).resolve("postgresql.auto.conf"),
        "max_connections = " + (connections + SPARE_CONNECTIONS) + "\n",
        StandardOpenOption.APPEND);
    return ServerProcess.start(serverJar(), javaOptions(), environment, work);
  }

  /** Beside our own jar, where the launcher puts both; or as a property says. */
  private static Path serverJar() {
    var beside =
        Path.of(System.getProperty("java.class.path")).resolveSibling("walletsync-server.jar");
    var jar = Path.of(System.getProperty("walletsync.server-jar", beside.toString()));
    if (!Files.exists(jar)) {
      throw new BenchProblem("There is no server to measure: " + jar + " is missing.");
    }
    return jar.toAbsolutePath();
  }

  private static List<String> javaOptions() {
    var options = System.getenv("WALLETSYNC_JAVA_OPTS");
    return options == null || options.isBlank() ? List.of() : List.of(options.strip().split(" +"));
  }

  private static String masterKey() {
    var key = new byte[32];
    new SecureRandom().nextBytes(key);
    return Base64.getEncoder().encodeToString(key);
  }
}
