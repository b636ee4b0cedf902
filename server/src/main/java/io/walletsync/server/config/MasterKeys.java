package io.walletsync.server.config;

import io.walletsync.server.postgres.MasterKey;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Finds the master key, and stops the start where it is not the one that the stored secrets were
 * sealed with: a check value in the database tells, before anything is opened or sealed.
 */
final class MasterKeys {
  private MasterKeys() {}

  static MasterKey find(Settings settings, Database database) {
    var jdbc = JdbcClient.create(database.applicationConnections());
    var file = new MasterKeyFile(settings.dataDirectory());
    var given =
        settings
            .masterKey()
            .or(() -> database.isEmbedded() ? file.read() : Optional.empty())
            .map(MasterKey::of);
    var check =
        jdbc.sql("select master_key_check from installation").query(String.class).optional();
    // what secrets were sealed with tells too, should the check be gone
    var sealedWith =
        jdbc.sql(
                """
                select sealed_by from connection where sealed_by is not null
                union select master_key_id from api_key_secret
                """)
            .query(String.class)
            .set();
    var key =
        given.orElseGet(
            () -> {
              if (check.isPresent() || !sealedWith.isEmpty()) {
                throw new SettingsProblem(
                    "The database holds secrets sealed with a master key, and none was given: set"
                        + " WALLETSYNC_MASTER_KEY"
                        + (database.isEmbedded() ? " or put back " + file : "")
                        + ".");
              }
              if (!database.isEmbedded()) {
                throw new SettingsProblem(
                    "WALLETSYNC_MASTER_KEY is required with WALLETSYNC_DATABASE_URL; make one with:"
                        + " openssl rand -base64 32");
              }
              return MasterKey.of(file.generate());
            });
    if (check.isEmpty() && !sealedWith.isEmpty() && !sealedWith.contains(key.id())) {
      throw wrong(database, file);
    }
    jdbc.sql(
            """
            insert into installation (master_key_check, created_at)
            values (?, clock_timestamp())
            on conflict do nothing
            """)
        .param(key.checkValue())
        .update();
    var stored = jdbc.sql("select master_key_check from installation").query(String.class).single();
    if (!stored.equals(key.checkValue())) {
      throw wrong(database, file);
    }
    return key;
  }

  private static SettingsProblem wrong(Database database, MasterKeyFile file) {
    return new SettingsProblem(
        "The master key is not the one that the secrets in the database were sealed with: set"
            + " WALLETSYNC_MASTER_KEY to that one"
            + (database.isEmbedded() ? ", or put back " + file : "")
            + ".");
  }
}
