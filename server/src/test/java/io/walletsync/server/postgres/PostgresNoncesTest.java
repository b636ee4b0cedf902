package io.walletsync.server.postgres;

import io.walletsync.core.access.Nonces;
import io.walletsync.core.access.NoncesContract;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;

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
}
