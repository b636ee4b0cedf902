package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.core.access.AccessExample;
import io.walletsync.core.access.ApiKey;
import io.walletsync.core.access.ApiKeys;
import io.walletsync.core.access.ApiKeysContract;
import io.walletsync.core.access.ConnectionLimit;
import io.walletsync.core.access.Scopes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresApiKeysTest implements ApiKeysContract {
  private static final byte[] MASTER_KEY = new byte[32];

  private final JdbcClient jdbc = AccessDatabase.empty();
  private final SecretVault vault = new SecretVault(MasterKey.of(MASTER_KEY));
  private final ApiKeys keys = new PostgresApiKeys(jdbc, vault);

  @Override
  public ApiKeys keys() {
    return keys;
  }

  @Test
  void anotherNodeSeesARevocationWithinOneSecond() {
    var key = key("shared");
    keys.add(key, AccessExample.SECRET);
    var other = new PostgresApiKeys(jdbc, vault);
    assertThat(other.find("shared").orElseThrow().key().isRevoked()).isFalse();
    keys.revoke(key.id(), NOW);
    assertThat(keys.find("shared").orElseThrow().key().isRevoked()).isTrue();
    var started = System.nanoTime();
    while (!other.find("shared").orElseThrow().key().isRevoked()) {
      Thread.onSpinWait();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(Duration.ofSeconds(2));
  }

  @Test
  void storesNoSecretInTheClear() {
    var key = key("sealed");
    keys.add(key, AccessExample.SECRET);
    var stored = jdbc.sql("select sealed from api_key_secret").query(byte[].class).single();
    assertThat(new String(stored, StandardCharsets.ISO_8859_1)).doesNotContain("0123456789abcdef");
  }

  @Test
  void aSecretMovedToAnotherKeyDoesNotOpen() {
    keys.add(key("from"), AccessExample.SECRET);
    var to = key("to");
    keys.add(to, AccessExample.secret("another secret of 32 characters!"));
    jdbc.sql(
            """
            update api_key_secret set sealed = (
              select sealed from api_key_secret WHERE api_key_id <> :to)
            where api_key_id = :to
            """)
        .param("to", to.id())
        .update();
    assertThatThrownBy(() -> keys.findNow("to"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("was changed after it was sealed");
  }

  @Test
  void theTablesCanBeUndoneAndMadeAgain() {
    AccessDatabase.run("db/undo/U1__access.sql");
    assertThat(jdbc.sql("SELECT to_regclass('api_key')::text").query(String.class).list())
        .containsOnlyNulls();
    AccessDatabase.run("db/migration/V1__access.sql");
    assertThat(keys.page(ConnectionLimit.NONE, null, 1).items()).isEmpty();
  }

  private static ApiKey key(String keyId) {
    return new ApiKey(
        UUID.randomUUID(), keyId, "Test key", Scopes.EVERY, ConnectionLimit.NONE, NOW, null, null);
  }
}
