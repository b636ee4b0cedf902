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
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresApiKeysTest implements ApiKeysContract {
  private final JdbcClient jdbc = Ports.jdbc();
  private final ApiKeys keys = Ports.apiKeys();

  @BeforeEach
  void noKeys() {
    Ports.forgetAccess();
  }

  @Override
  public ApiKeys keys() {
    return keys;
  }

  @Test
  void anotherNodeSeesARevocationWithinOneSecond() {
    var key = key("shared");
    keys.add(key, AccessExample.SECRET);
    var other = Ports.apiKeys();
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

  private static ApiKey key(String keyId) {
    return new ApiKey(
        UUID.randomUUID(), keyId, "Test key", Scopes.EVERY, ConnectionLimit.NONE, NOW, null, null);
  }
}
