package io.walletsync.server.support;

import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Everything that is stored, for telling that a request changed nothing. Left out are used nonces,
 * refused authentications, when a key was last used, when recurring tasks were done, until when
 * they looked at changed wallets and how far the outbox was read: those are meant to change.
 */
public record StoredState(Map<String, String> tables) {
  private static final Set<String> GOES_ON_BY_ITSELF =
      Set.of("nonce", "recurring_task", "alert_engine", "outbox_bookmark");

  public static StoredState of(TestDatabase database) {
    var query =
        tables(database).stream()
            .filter(table -> !GOES_ON_BY_ITSELF.contains(table))
            .map(
                table ->
                    """
                    select '%1$s' as name,
                           count(*) || ' rows ' || coalesce(md5(string_agg(row, ' ' order by row)), '') as content
                      from (select (to_jsonb(t) - 'last_used_at')::text as row
                              from %1$s t
                             where to_jsonb(t) ->> 'action' is distinct from 'authenticate') as rows
                    """
                        .formatted(table))
            .collect(Collectors.joining(" union all "));
    return new StoredState(
        database.look().sql(query).query().listOfRows().stream()
            .collect(
                Collectors.toMap(
                    row -> String.valueOf(row.get("name")),
                    row -> String.valueOf(row.get("content")))));
  }

  public static Set<String> tables(TestDatabase database) {
    return database
        .look()
        .sql(
            """
            select table_name from information_schema.tables
             where table_schema = 'public' and table_type = 'BASE TABLE'
            """)
        .query((row, _) -> row.getString(1))
        .set();
  }
}
