package io.walletsync.server.config;

import static io.walletsync.server.config.Sentences.assertStops;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestDatabase;
import io.walletsync.server.support.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What settings make of a start, as an operator and a client see it. */
class RunningServerTest {
  private static final URI NO_PROVIDER = URI.create("http://127.0.0.1:9");
  private static final byte[] OTHER_SECRET =
      "another thirty-two bytes secret!".getBytes(StandardCharsets.US_ASCII);

  private final TestDatabase database = TestDatabase.create();

  @Test
  void anExternalDatabaseNeedsAMasterKeyThatIsGiven() {
    assertStops(() -> start(Map.of("WALLETSYNC_MASTER_KEY", "")))
        .isEqualTo(
            "WALLETSYNC_MASTER_KEY is required with WALLETSYNC_DATABASE_URL; make one with: openssl"
                + " rand -base64 32");
  }

  @Test
  void onlyTheMasterKeyThatSealedTheDataOpensIt() {
    TestServer.start(database, NO_PROVIDER).close();

    assertStops(
            () ->
                start(
                    Map.of(
                        "WALLETSYNC_MASTER_KEY", Base64.getEncoder().encodeToString(OTHER_SECRET))))
        .isEqualTo(
            "The master key is not the one that the secrets in the database were sealed with: set"
                + " WALLETSYNC_MASTER_KEY to that one.");
    // the sealed secrets themselves tell, should the stored check be gone
    database.look().sql("delete from installation").update();
    assertStops(
            () ->
                start(
                    Map.of(
                        "WALLETSYNC_MASTER_KEY", Base64.getEncoder().encodeToString(OTHER_SECRET))))
        .startsWith("The master key is not the one");
    assertStops(() -> start(Map.of("WALLETSYNC_MASTER_KEY", "")))
        .isEqualTo(
            "The database holds secrets sealed with a master key, and none was given: set"
                + " WALLETSYNC_MASTER_KEY.");
  }

  @Test
  void aPortInUseIsSaid() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var port = Integer.toString(taken.getLocalPort());
      for (var setting : List.of("WALLETSYNC_PORT", "WALLETSYNC_MANAGEMENT_PORT")) {
        assertStops(() -> start(Map.of(setting, port)))
            .startsWith("Cannot listen on 127.0.0.1 port " + port + " (")
            .endsWith("): stop what uses it, or set " + setting + " to another port.");
      }
    }
    assertThat(database.schema().version()).as("nothing was begun").isZero();
  }

  @Test
  void anAddressOfAnotherMachineIsSaid() {
    assertStops(() -> start(Map.of("WALLETSYNC_BIND", "192.0.2.1")))
        .startsWith("Cannot listen on 192.0.2.1 (")
        .endsWith("): set WALLETSYNC_BIND to an address of this machine.");
  }

  @Test
  void aProblemOfTheDatabaseReachesTheOperatorThroughTheApplication() {
    assertStops(() -> start(Map.of("WALLETSYNC_DATABASE_OWNER_URL", "")))
        .startsWith("The schema is at version 0 and needs a migration")
        .contains("WALLETSYNC_DATABASE_OWNER_URL");
  }

  @Test
  void theActuatorCanHaveAPortOfItsOwn() {
    try (var server =
        TestServer.start(database, NO_PROVIDER, Map.of("WALLETSYNC_MANAGEMENT_PORT", "0"))) {
      var management =
          server
              .running()
              .context()
              .getEnvironment()
              .getRequiredProperty("local.management.port", Integer.class);

      assertThat(management).isNotEqualTo(server.running().port());
      var elsewhere = URI.create("http://127.0.0.1:" + management);
      for (var path :
          List.of("/actuator/health", "/actuator/health/readiness", "/actuator/prometheus")) {
        assertThat(get(elsewhere.resolve(path)).status()).as(path).isEqualTo(200);
        assertThat(get(server.address().resolve(path)).status()).as(path).isEqualTo(404);
      }
      assertThat(get(elsewhere.resolve("/api/v1/wallets")).status()).isEqualTo(404);
      server.client().get("/api/v1/wallets").expect(200);
    }
  }

  @Test
  void theServerListensWhereItIsTold() {
    try (var server = TestServer.start(database, NO_PROVIDER, Map.of("WALLETSYNC_BIND", "::1"))) {
      assertThat(server.address().getHost()).startsWith("[0:0:0:0:0:0:0:1");
      server.client().get("/api/v1/wallets").expect(200);
    }
  }

  @Test
  void oneRoleThatOwnsTheDatabaseIsEnough() {
    var single = TestDatabase.createForOneRole();
    try (var paystack = new StubPaystack();
        var server =
            TestServer.start(single, paystack.url(), Map.of("WALLETSYNC_DATABASE_OWNER_URL", ""))) {
      paystack.has("sk_test_single_role", "NGN", 1_234);
      var client = server.client();
      var wallet = client.register(client.connect("sk_test_single_role"), "NGN");

      assertThat(client.sync(wallet).expect(200).text("balance")).isEqualTo("12.34");
      paystack.has("sk_test_single_role", "NGN", 1_235);
      assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("created");
    }
  }

  @Test
  void theBootstrapKeyIsMadeRotatedAndNeverBroughtBack() {
    try (var first = TestServer.start(database, NO_PROVIDER)) {
      first.client().get("/api/v1/api-keys").expect(200);
    }
    assertThat(audited()).containsExactly("create_api_key");

    try (var same = TestServer.start(database, NO_PROVIDER)) {
      same.client().get("/api/v1/api-keys").expect(200);
    }
    assertThat(audited()).containsExactly("create_api_key");

    try (var rotated = TestServer.start(database, NO_PROVIDER, otherSecret())) {
      rotated.client().get("/api/v1/api-keys").expect(401);
      var client = otherClient(rotated);
      var key = client.get("/api/v1/api-keys").expect(200).json().get("data").get(0);
      assertThat(audited()).contains("rotate_api_key");
      client.delete("/api/v1/api-keys/" + key.get("api_key_id").asString()).expect(200);
    }

    try (var revoked = TestServer.start(database, NO_PROVIDER, otherSecret())) {
      otherClient(revoked).get("/api/v1/api-keys").expect(401);
    }
    assertThat(audited()).containsOnlyOnce("create_api_key", "rotate_api_key", "revoke_api_key");
  }

  /** What was done to keys, without the refused calls. */
  private List<String> audited() {
    return database
        .look()
        .sql("select action from audit_entry where action like '%_api_key' order by entry_id")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private static Map<String, String> otherSecret() {
    return Map.of(
        "WALLETSYNC_BOOTSTRAP_KEY_SECRET", Base64.getEncoder().encodeToString(OTHER_SECRET));
  }

  private static ApiClient otherClient(TestServer server) {
    return new ApiClient(server.address(), TestServer.KEY_ID, OTHER_SECRET);
  }

  private void start(Map<String, String> changes) {
    var environment = new HashMap<>(TestServer.environment(database, NO_PROVIDER));
    environment.putAll(changes);
    RunningServer.start(Settings.from(environment)).close();
  }

  private static ApiClient.Answer get(URI uri) {
    return ApiClient.send(HttpRequest.newBuilder(uri).build());
  }
}
