package io.walletsync.server.config;

import static io.walletsync.server.config.Sentences.assertStops;
import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.support.ApiClient;
import io.walletsync.server.support.StubPaystack;
import io.walletsync.server.support.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An installation that was given nothing: it makes its database and its master key, and keeps both.
 */
class EmbeddedStartTest {
  private static final String SECRET = "sk_test_of_the_embedded_store";

  @TempDir Path parent;

  @Test
  void theMasterKeyIsMadeOnceAndMissedWhereItIsGone() throws IOException {
    // a database user other than root must be able to pass through
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    var data = parent.resolve("data");
    var file = parent.toRealPath().resolve("data/master-key");
    try (var paystack = new StubPaystack()) {
      paystack.has(SECRET, "NGN", 4_200);
      var wallet = firstStart(data, paystack);

      var key = Files.readString(file);
      assertThat(Base64.getDecoder().decode(key.strip())).hasSize(32);
      assertThat(Files.getPosixFilePermissions(file))
          .isEqualTo(PosixFilePermissions.fromString("rw-------"));

      Files.delete(file);
      assertStops(() -> start(data, paystack, Map.of()))
          .isEqualTo(
              "The database holds secrets sealed with a master key, and none was given: set"
                  + " WALLETSYNC_MASTER_KEY or put back "
                  + file
                  + ".");
      assertThat(file).as("no second key is made").doesNotExist();

      Files.writeString(file, key.substring(1));
      assertStops(() -> start(data, paystack, Map.of()))
          .isEqualTo(
              "The master key in "
                  + file
                  + " is damaged: put back the file as it was, or set WALLETSYNC_MASTER_KEY.");

      Files.writeString(file, Base64.getEncoder().encodeToString(new byte[32]));
      assertStops(() -> start(data, paystack, Map.of()))
          .isEqualTo(
              "The master key is not the one that the secrets in the database were sealed with:"
                  + " set WALLETSYNC_MASTER_KEY to that one, or put back "
                  + file
                  + ".");

      try (var server = start(data, paystack, Map.of("WALLETSYNC_MASTER_KEY", key))) {
        var synced = TestServer.client(server.address()).sync(wallet).expect(200);
        assertThat(synced.text("outcome")).as("the provider's secret opens").isEqualTo("unchanged");
      }
    }
  }

  private static String firstStart(Path data, StubPaystack paystack) {
    try (var server = start(data, paystack, Map.of())) {
      ApiClient client = TestServer.client(server.address());
      var wallet = client.register(client.connect(SECRET), "NGN");
      assertThat(client.sync(wallet).expect(200).text("outcome")).isEqualTo("created");
      return wallet;
    }
  }

  private static RunningServer start(
      Path data, StubPaystack paystack, Map<String, String> changes) {
    var environment = new HashMap<>(TestServer.environmentWithoutDatabase(paystack.url()));
    environment.put("WALLETSYNC_DATA_DIR", data.toString());
    environment.putAll(changes);
    return RunningServer.start(
        Settings.from(environment), Map.of("logging.level.io.walletsync", "WARN"));
  }
}
