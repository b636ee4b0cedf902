package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.core.access.Nonces;
import io.walletsync.core.access.NoncesContract;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PostgresNoncesTest implements NoncesContract {
  @BeforeEach
  void nothingIsRemembered() {
    Ports.forgetAccess();
  }

  @Override
  public Nonces nonces() {
    return Ports.nonces();
  }

  @Override
  public void pass(Duration time) {
    Ports.jdbc()
        .sql("update nonce set expires_at = expires_at - make_interval(secs => :time)")
        .param("time", time.toSeconds())
        .update();
  }

  @Test
  void forgetsMoreThanOneBatch() {
    Ports.jdbc()
        .sql(
            """
            insert into nonce
            select gen_random_uuid(), 'n', clock_timestamp() - interval '1 second'
              from generate_series(1, 2500)
            """)
        .update();

    nonces().forgetExpired();

    assertThat(Ports.jdbc().sql("select count(*) from nonce").query(Integer.class).single())
        .isZero();
  }
}
