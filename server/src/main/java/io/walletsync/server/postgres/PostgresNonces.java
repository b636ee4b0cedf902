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
                INSERT INTO nonce (api_key_id, nonce, expires_at)
                VALUES (:apiKey, :nonce, clock_timestamp() + make_interval(secs => :kept))
                ON CONFLICT DO NOTHING
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
                  DELETE FROM nonce
                  WHERE (api_key_id, nonce) IN (
                    SELECT api_key_id, nonce FROM nonce
                    WHERE expires_at <= clock_timestamp()
                    ORDER BY expires_at
                    LIMIT :batch)
                  """)
              .param("batch", BATCH)
              .update();
    } while (forgotten == BATCH);
  }
}
