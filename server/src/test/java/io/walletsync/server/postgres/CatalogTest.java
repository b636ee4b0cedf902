package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What lets the history be spread over machines later, held on one machine now. */
class CatalogTest {
  /** Tables that are spread, and the column that says where a row goes. */
  private static final Map<String, String> HISTORY =
      Map.of(
          "wallet_balance_snapshot", "wallet_id",
          "late_reading", "wallet_id",
          "provider_movement", "wallet_id",
          "reconciliation_comparison", "wallet_id",
          "wallet_closure", "wallet_id",
          "audit_entry", "subject_id");

  /** Tables that stay on the coordinator: only their rows may be locked. */
  private static final Set<String> COORDINATOR =
      Set.of(
          "alert",
          "alert_engine",
          "alert_rule",
          "alert_transition",
          "api_key",
          "api_key_secret",
          "bootstrap_secret",
          "nonce",
          "connection",
          "wallet",
          "idempotency_record",
          "installation",
          "quarantined_reading",
          "retired_webhook_secret",
          "provider_event",
          "event_lane",
          "call_allowance",
          "wallet_schedule",
          "recurring_task",
          "sync_run",
          "sync_run_chunk",
          "sync_run_failure",
          "movement_import",
          "movement_hole",
          "unexplained_change",
          "reconciliation",
          "subscription",
          "subscription_secret",
          "delivery",
          "delivery_attempt",
          "outbox_bookmark",
          "outflow_plan",
          "planned_outflow",
          "payout_reservation",
          "outbox_epoch",
          "outbox_event");

  private static final Pattern TEXT =
      Pattern.compile("\"\"\".*?\"\"\"|\"[^\"\\n]*\"", Pattern.DOTALL);
  private static final Pattern LOCKING =
      Pattern.compile("\\bfor (no key update|update|key share|share)\\b");
  private static final Pattern FROM = Pattern.compile("\\bfrom (\\w+)");

  private static TestDatabase database;

  @BeforeAll
  static void migrate() {
    database = TestDatabase.migrated();
  }

  @Test
  void everyTableIsEitherSpreadOrStaysOnTheCoordinator() {
    var tables =
        database
            .look()
            .sql("select tablename from pg_tables where schemaname = 'public'")
            .query(String.class)
            .set();

    assertThat(tables)
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(HISTORY.keySet(), COORDINATOR, Set.of("flyway_schema_history"))
                .flatMap(Set::stream)
                .toList());
  }

  @ParameterizedTest
  @CsvSource({
    "wallet_balance_snapshot, wallet_id, 4",
    "late_reading, wallet_id, 1",
    "provider_movement, wallet_id, 1",
    "reconciliation_comparison, wallet_id, 1",
    "wallet_closure, wallet_id, 1",
    "audit_entry, subject_id, 1"
  })
  void everyUniqueKeyOfHistoryLeadsWithItsPlace(String table, String column, int keys) {
    var leading =
        database
            .look()
            .sql(
                """
                select attname
                  from pg_index
                  join pg_attribute on attrelid = indrelid and attnum = indkey[0]
                 where indrelid = ?::regclass and indisunique
                """)
            .param(table)
            .query(String.class)
            .list();

    assertThat(HISTORY).containsEntry(table, column);
    assertThat(leading).hasSize(keys).containsOnly(column);
  }

  @Test
  void noForeignKeyLeadsIntoHistoryOrOutOfIt() {
    var ends =
        database
            .look()
            .sql(
                """
                select unnest(array[conrelid, confrelid])::regclass::text from pg_constraint
                 where contype = 'f'
                """)
            .query((row, _) -> row.getString(1))
            .set();

    assertThat(ends).contains("wallet", "connection").doesNotContainAnyElementsOf(HISTORY.keySet());
  }

  @Test
  void historyHoldsNoCounterThatMachinesWouldHaveToShare() {
    assertThat(
            database
                .look()
                .sql("select relname from pg_class where relkind = 'S'")
                .query(String.class)
                .list())
        .isEmpty();
  }

  @Test
  void rowsAreLockedOnTheCoordinatorOnly() {
    var locked =
        sources().stream()
            .flatMap(
                source ->
                    texts(source)
                        .filter(sql -> LOCKING.matcher(sql).find())
                        // a clause on its own may belong to any statement of its file
                        .map(sql -> sql.contains("from ") ? sql : source))
            .flatMap(sql -> FROM.matcher(sql).results().map(match -> match.group(1)))
            .filter(name -> HISTORY.containsKey(name) || COORDINATOR.contains(name))
            .collect(Collectors.toSet());

    assertThat(locked)
        .containsExactlyInAnyOrder(
            "alert_engine",
            "alert_rule",
            "api_key",
            "connection",
            "wallet",
            "idempotency_record",
            "provider_event",
            "wallet_schedule",
            "sync_run",
            "subscription",
            "delivery");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "wallet_balance_snapshot",
        "late_reading",
        "provider_movement",
        "reconciliation_comparison",
        "wallet_closure",
        "audit_entry"
      })
  void theApplicationHasNoRightToLockHistory(String table) {
    var application = JdbcClient.create(database.asApplication());

    for (var strength : List.of("update", "no key update", "share", "key share")) {
      assertThatThrownBy(
              () ->
                  application.sql("select from " + table + " for " + strength).query().listOfRows())
          .rootCause()
          .hasMessageContaining("permission denied for table " + table);
    }
  }

  @Test
  void whatDistributedTablesRefuseIsNotUsed() {
    var refused = Pattern.compile("\\b(lateral|rollup|cube|grouping sets|merge into)\\b");
    // of history with itself, wallet by wallet, each machine can do it alone
    var within =
        Pattern.compile(
            "lateral \\(\\s*select [^()]+ from wallet_balance_snapshot as (\\w+)"
                + "\\s+where \\1\\.wallet_id = first\\.wallet_id\\b");

    assertThat(texts().map(text -> within.matcher(text).replaceAll("")))
        .hasSizeGreaterThan(40)
        .noneMatch(text -> refused.matcher(text).find());
  }

  @Test
  void errorsOfHistoryAreNotToldByTheNamesOfItsKeysWhichDifferFromShardToShard() {
    var names =
        database
            .look()
            .sql(
                """
                select indexrelid::regclass::text from pg_index where indrelid = any (?::regclass[])
                """)
            .param(HISTORY.keySet().toArray(String[]::new))
            .query(String.class)
            .list();

    assertThat(names).hasSizeGreaterThanOrEqualTo(7);
    assertThat(sources()).noneMatch(source -> names.stream().anyMatch(source::contains));
  }

  @Test
  void sqlIsWrittenInLowerCase() {
    var keyword =
        Pattern.compile("\\b(SELECT|INSERT|UPDATE|DELETE|FROM|WHERE|CREATE|DROP|GRANT)\\b");

    assertThat(texts()).noneMatch(text -> keyword.matcher(text).find());
    assertThat(scripts()).hasSizeGreaterThan(10).noneMatch(sql -> keyword.matcher(sql).find());
  }

  /** The string literals of the sources that speak SQL: statements, and parts of some. */
  private static Stream<String> texts() {
    return sources().stream().flatMap(CatalogTest::texts);
  }

  private static Stream<String> texts(String source) {
    return TEXT.matcher(source).results().map(match -> match.group());
  }

  private static List<String> sources() {
    return read(Path.of("src/main/java/io/walletsync/server"), ".java").stream()
        .filter(source -> source.contains("jdbc"))
        .toList();
  }

  private static List<String> scripts() {
    return read(Path.of("src/main/resources/db"), ".sql");
  }

  private static List<String> read(Path folder, String ending) {
    try (var files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).map(CatalogTest::read).toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
