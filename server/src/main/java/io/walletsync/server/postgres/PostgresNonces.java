package io.walletsync.server.postgres;

import io.walletsync.core.access.Nonces;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Used nonces in PostgreSQL, timed by its clock. */
final class PostgresNonces implements Nonces {
  private static final int BATCH = 1_000;

  private final JdbcClient jdbc;

  PostgresNonces(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  @Override
  public boolean burn(UUID apiKey, String nonce) {
    return jdbc.sql(
                """
                insert into nonce (api_key_id, nonce, expires_at)
                values (:apiKey, :nonce, clock_timestamp() + make_interval(secs => :kept))
                on conflict do nothing
                """)
            .param("apiKey", apiKey)
            .param("nonce", nonce)
            .param("kept", KEPT.toSeconds())
            .update()
        == 1;
  }

  @Override
  public void forgetExpired() {
    int forgotten;
    do {
      forgotten =
          jdbc.sql(
                  """
                  delete from nonce
                  where (api_key_id, nonce) in (
                    select api_key_id, nonce from nonce
                    where expires_at <= clock_timestamp()
                    order by expires_at
                    limit :batch)
                  """)
              .param("batch", BATCH)
              .update();
    } while (forgotten == BATCH);
  }
}
