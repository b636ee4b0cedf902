package io.walletsync.server.postgres;

import io.walletsync.server.support.TestDatabase;
import java.util.List;

/** Everything that a catalog says about a schema, one line for each thing. */
final class SchemaDump {
  private static final String THINGS =
      """
      select concat_ws(' ', 'table', relname, relkind, relowner::regrole, reloptions)
        from pg_class
       where relnamespace = 'public'::regnamespace and relkind <> 'i'
       union all
      select concat_ws(' ', 'column', attrelid::regclass, attname, attnum,
                       format_type(atttypid, atttypmod), attnotnull, attcollation, attidentity,
                       attgenerated,
                       (select pg_get_expr(adbin, adrelid) from pg_attrdef
                         where adrelid = attrelid and adnum = attnum))
        from pg_attribute join pg_class on pg_class.oid = attrelid
       where relnamespace = 'public'::regnamespace and relkind = 'r' and attnum > 0
         and not attisdropped
       union all
      select concat_ws(' ', 'constraint', conrelid::regclass, conname, pg_get_constraintdef(oid))
        from pg_constraint where connamespace = 'public'::regnamespace
       union all
      select pg_get_indexdef(indexrelid)
        from pg_index join pg_class on pg_class.oid = indexrelid
       where relnamespace = 'public'::regnamespace
       union all
      select concat_ws(' ', pg_get_triggerdef(oid), tgenabled)
        from pg_trigger where not tgisinternal
       union all
      select pg_get_functiondef(oid)
        from pg_proc where pronamespace = 'public'::regnamespace
       union all
      select concat_ws(' ', 'type', typname)
        from pg_type where typnamespace = 'public'::regnamespace and typtype in ('d', 'e', 'r')
      """;
  private static final String PRIVILEGES =
      """
      select concat_ws(' ', 'grant on', relname, item)
        from pg_class, unnest(relacl) as item where relnamespace = 'public'::regnamespace
       union all
      select concat_ws(' ', 'grant on schema', item)
        from pg_namespace, unnest(nspacl) as item where nspname = 'public'
      """;

  private SchemaDump() {}

  static List<String> ofThings(TestDatabase database) {
    return lines(database, THINGS);
  }

  static List<String> ofThingsAndPrivileges(TestDatabase database) {
    return lines(database, THINGS + " union all " + PRIVILEGES);
  }

  /** What Flyway remembers, without when and how fast. */
  static List<String> ofHistory(TestDatabase database) {
    return lines(
        database,
        """
        select concat_ws(' ', version, description, type, script, checksum, success)
          from flyway_schema_history
        """);
  }

  private static List<String> lines(TestDatabase database, String sql) {
    return database.look().sql(sql).query((row, _) -> row.getString(1)).list().stream()
        .sorted()
        .toList();
  }
}
