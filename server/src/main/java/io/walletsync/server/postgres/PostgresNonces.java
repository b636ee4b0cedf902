package io.walletsync.server.postgres;

import io.walletsync.core.access.Nonces;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Used nonces in PostgreSQL, timed by its clock. */
final class PostgresNonces implements Nonces {
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
  public int forgetExpired(int atMost) {
    // a stable time, so that the index ends the search; by ctid, so that nothing is searched twice
    return jdbc.sql(
            """
            delete from nonce
             where ctid = any (array(
               select ctid from nonce
                where expires_at <= statement_timestamp()
                order by expires_at
                limit :batch))
            """)
        .param("batch", atMost)
        .update();
  }
}
