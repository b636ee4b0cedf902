package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.Nonces;
import io.walletsync.core.access.NoncesContract;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

class PostgresNoncesTest implements NoncesContract {
  private final JdbcClient jdbc = AccessDatabase.empty();
  private final Nonces nonces = new PostgresNonces(jdbc);

  @Override
  public Nonces nonces() {
    return nonces;
  }

  @Override
  public void pass(Duration time) {
    jdbc.sql("UPDATE nonce SET expires_at = expires_at - make_interval(secs => :time)")
        .param("time", time.toSeconds())
        .update();
  }

  @Test
  void forgetsMoreThanOneBatch() {
    jdbc.sql(
            """
            INSERT INTO nonce
            SELECT gen_random_uuid(), 'n', clock_timestamp() - interval '1 second'
            FROM generate_series(1, 2500)
            """)
        .update();
    nonces.forgetExpired();
    assertThat(jdbc.sql("SELECT count(*) FROM nonce").query(Integer.class).single()).isZero();
  }
}
