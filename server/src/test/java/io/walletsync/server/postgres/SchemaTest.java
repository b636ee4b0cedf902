package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import io.walletsync.server.postgres.Schema.State;
import io.walletsync.server.postgres.Schema.Undo;
import io.walletsync.server.support.TestDatabase;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;

/** Every migration can be taken back, and never by accident together with recorded money. */
class SchemaTest {
  private static final int NEWEST = scripts("migration/V").size();
  private static final String NOTHING = "00000000-0000-0000-0000-000000000000";

  private final TestDatabase database = TestDatabase.create();
  private final Schema schema = database.schema();

  @Test
  void everyMigrationHasItsUndo() {
    assertThat(scripts("undo/U")).isEqualTo(scripts("migration/V"));
    assertThat(scripts("migration/V"))
        .allSatisfy(name -> assertThat(name).matches("[0-9]+__[a-z_]+[.]sql"));
  }

  @Test
  void goesUpThenDownToNothingThenUpToTheSame() {
    assertThat(schema.state()).isEqualTo(State.OLDER);
    assertThat(schema.version()).isZero();
    schema.migrate();
    assertThat(schema.state()).isEqualTo(State.CURRENT);
    assertThat(schema.version()).isEqualTo(NEWEST);
    var things = SchemaDump.ofThingsAndPrivileges(database);
    var history = SchemaDump.ofHistory(database);
    assertThat(things).hasSizeGreaterThan(100);

    assertThat(schema.undo(0, false)).isInstanceOf(Undo.Done.class);

    assertThat(schema.version()).isZero();
    assertThat(SchemaDump.ofThings(database)).allMatch(it -> it.contains("flyway_schema_history"));
    assertThat(SchemaDump.ofHistory(database)).isEmpty();
    schema.migrate();
    assertThat(SchemaDump.ofThingsAndPrivileges(database)).isEqualTo(things);
    assertThat(SchemaDump.ofHistory(database)).isEqualTo(history);
  }

  @Test
  void everyUndoLeavesWhatTheMigrationsBeforeItMake() {
    var straight = TestDatabase.create();
    var things = new ArrayList<List<String>>();
    var history = new ArrayList<List<String>>();
    for (var version = 1; version <= NEWEST; version++) {
      migrateTo(version, straight);
      things.add(SchemaDump.ofThings(straight));
      history.add(SchemaDump.ofHistory(straight));
    }
    schema.migrate();
    assertThat(SchemaDump.ofThings(database)).isEqualTo(things.getLast());

    for (var version = NEWEST - 1; version >= 1; version--) {
      var undo = schema.undo(version, false);

      assertThat(undo).isInstanceOf(Undo.Done.class);
      assertThat(undo.undone()).hasSize(1).first().asString().startsWith("U" + (version + 1) + "_");
      assertThat(SchemaDump.ofThings(database)).isEqualTo(things.get(version - 1));
      assertThat(SchemaDump.ofHistory(database)).isEqualTo(history.get(version - 1));
    }
  }

  @ParameterizedTest
  @CsvSource(
      textBlock =
          """
          5, audit_entry
          3, late_reading
          3, wallet_balance_snapshot
          7, connection
          9, provider_event
          14, sync_run
          17, provider_movement
          18, reconciliation
          20, outbox_event
          22, outflow_plan
          22, planned_outflow
          23, payout_reservation
          24, alert_rule
          26, subscription
          28, wallet_closure
          1, api_key
          """)
  void recordsAreDroppedOnlyWhereThatIsWanted(int version, String table) {
    schema.migrate();
    addRow(table);
    var rows = SchemaDump.ofHistory(database);

    var refused = schema.undo(version - 1, false);

    assertThat(refused)
        .isInstanceOfSatisfying(
            Undo.RecordsInTheWay.class,
            inTheWay -> {
              assertThat(inTheWay.undone()).hasSize(NEWEST - version);
              assertThat(inTheWay.script()).startsWith("U" + version + "__");
              assertThat(inTheWay.table()).isEqualTo(table);
            });
    assertThat(schema.version()).isEqualTo(version);
    assertThat(rows).containsAll(SchemaDump.ofHistory(database));
    assertThat(count(table)).isEqualTo(1);

    assertThat(schema.undo(version - 1, true)).isInstanceOf(Undo.Done.class);
    assertThat(schema.version()).isEqualTo(version - 1);
    assertThat(schema.state()).isEqualTo(State.OLDER);
  }

  @Test
  void whenWalletsWereClosedBeforeIsTakenFromTheAuditTrail() {
    migrateTo(27, database);
    audited(1, "close_wallet", "closed");
    audited(2, "register_wallet", "reopened");
    audited(3, "change_wallet", "changed");
    audited(4, "close_wallet", "closed");
    audited(6, "register_wallet", "reopened");
    audited(7, "close_wallet", "closed");

    schema.migrate();

    assertThat(
            database
                .look()
                .sql(
                    """
                    select extract(epoch from closed_at)::int || ' ' || extract(epoch from reopened_at)::int
                      from wallet_closure order by 1
                    """)
                .query(String.class)
                .list())
        .containsExactly("1 2", "4 6");
  }

  private void audited(int second, String action, String outcome) {
    database
        .look()
        .sql(
            """
            insert into audit_entry (
                     subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name, action,
                     resource, outcome, details, canonical)
            values (?::uuid, gen_random_uuid(), to_timestamp(?), 'SYSTEM', gen_random_uuid(), 'test',
                    ?, 'wallet', ?, '{}', '')
            """)
        .params(NOTHING, second, action, outcome)
        .update();
  }

  @Test
  void whatIsNoRecordNeedsNoFlag() {
    schema.migrate();
    addRow("nonce");
    addRow("idempotency_record");

    assertThat(schema.undo(0, false)).isInstanceOf(Undo.Done.class);
  }

  @Test
  void aRoleThatIsOwnerAndApplicationMayUndoToo() {
    var oneRole = TestDatabase.createForOneRole().schema();
    oneRole.migrate();

    assertThat(oneRole.undo(0, false)).isInstanceOf(Undo.Done.class);
    oneRole.migrate();
    assertThat(oneRole.isGranted()).isTrue();
  }

  @Test
  void anUndoThatFailsKeepsItsStepWhole() {
    schema.migrate();
    database.look().sql("create view watched as select entry_id from audit_entry").update();

    var undo = schema.undo(0, true);

    assertThat(undo)
        .isInstanceOfSatisfying(
            Undo.Failed.class,
            failed -> {
              assertThat(failed.undone()).hasSize(NEWEST - 5);
              assertThat(failed.script()).startsWith("U5__");
              assertThat(failed.reason()).contains("other objects depend on it");
            });
    assertThat(schema.version()).isEqualTo(5);
    assertThat(count("audit_entry")).isZero();
    database.look().sql("drop view watched").update();
    assertThat(schema.undo(0, true)).isInstanceOf(Undo.Done.class);
  }

  @Test
  void theLastStatementOfAnUndoIsPartOfItsTransaction() {
    schema.migrate();
    // the second table of the step cannot be dropped, so the first one must come back
    database
        .look()
        .sql("create view watched as select wallet_id from wallet_balance_snapshot")
        .update();

    assertThat(schema.undo(2, true)).isInstanceOf(Undo.Failed.class);

    assertThat(schema.version()).isEqualTo(3);
    assertThat(count("late_reading")).isZero();
  }

  @Test
  void aNewerReleasesVersionIsLeftToIt() {
    schema.migrate();
    addNewerVersion(database);

    assertThat(schema.state()).isEqualTo(State.NEWER);
    assertThat(schema.version()).isEqualTo(999);
    assertThat(schema.undo(0, true)).isEqualTo(new Undo.MadeByANewerRelease(List.of(), 999));
    schema.migrate();
    assertThat(schema.version()).isEqualTo(999);
  }

  @Test
  void anotherApplicationRoleIsGrantedWhatItNeeds() {
    schema.migrate();
    assertThat(schema.isGranted()).isTrue();
    var other = new Schema(database.asOwner(), "pg_monitor");

    assertThat(other.state()).isEqualTo(State.CURRENT);
    assertThat(other.isGranted()).isFalse();
    other.migrate();
    assertThat(other.isGranted()).isTrue();
  }

  @Test
  void onlyTheOwnerMayChangeIt() {
    assertThat(schema.mayChange()).isTrue();
    schema.migrate();
    assertThat(schema.mayChange()).isTrue();
    var asApplication = new Schema(database.asApplication(), database.application());
    assertThat(asApplication.mayChange()).isFalse();

    // where everybody may create tables, the history of the schema still has its owner
    database.look().sql("grant create on schema public to public").update();
    assertThat(asApplication.mayChange()).isFalse();
  }

  static void addNewerVersion(TestDatabase database) {
    database
        .look()
        .sql(
            """
            insert into flyway_schema_history
            select 999, '999', 'from the future', type, 'V999__from_the_future.sql', 1,
                   installed_by, installed_on, execution_time, success
              from flyway_schema_history limit 1
            """)
        .update();
  }

  private void addRow(String table) {
    if (table.equals("provider_event")) {
      addRow("connection");
    }
    var values =
        switch (table) {
          case "audit_entry" ->
              "(subject_id, entry_id, occurred_at, actor_kind, actor_id, actor_name, action,"
                  + " resource, outcome, details, canonical) values (:nothing, :nothing, now(),"
                  + " 'SYSTEM', :nothing, 'test', 'a', 'r', 'o', '{}', '')";
          case "late_reading" ->
              "values (:nothing, :nothing, 'NGN', 1, null, null, null, null, now(), now(), 'API',"
                  + " '{}', now())";
          case "wallet_balance_snapshot" ->
              "values (:nothing, 1, :nothing, 'paystack', 'NGN', 1, null, null, null, now(), null,"
                  + " now(), now(), 'API', null, null, '{}', now())";
          case "connection" ->
              "(connection_id, provider, name, created_at, removed_at) values (:nothing,"
                  + " 'paystack', 'test', now(), now())";
          case "api_key" ->
              "(api_key_id, key_id, name, scopes, created_at) values (:nothing, 'k', 'n', '{s}',"
                  + " now())";
          case "provider_event" ->
              "values (:nothing, :nothing, 'paystack', 't', null, 'k', 'NOTHING', null, '', 'm', 0,"
                  + " now(), 'IGNORED', now(), 0, now(), null)";
          case "sync_run" ->
              "(run_id, kind, requester, requester_name, created_at, total) values (:nothing,"
                  + " 'ALL', :nothing, 'test', now(), 0)";
          case "provider_movement" ->
              "values (:nothing, 'k', now(), 'NGN', 1, null, null, null, null, '{}', now())";
          case "reconciliation" ->
              "(reconciliation_id, wallet_id, connection_id, provider, currency, expected, as_of,"
                  + " reference, revision, tolerance, lag_seconds, recorded_by, recorded_at, state)"
                  + " values (:nothing, :nothing, :nothing, 'p', 'NGN', 1, now(), 'r', 1, 0, 0,"
                  + " 'test', now(), 'PENDING')";
          case "outbox_event" ->
              "(epoch, event_id, kind, wallet_id, connection_id, sequence, occurred_at) values (0,"
                  + " :nothing, 'balance.changed', :nothing, :nothing, 1, now())";
          case "alert_rule" ->
              "(rule_id, name, severity, enabled, kind, condition, metadata, revision,"
                  + " in_force_since, walk_due, created_at, updated_at) values (:nothing, 'r',"
                  + " 'WARNING', true, 'NO_SYNC', '{}', '{}', 1, now(), false, now(), now())";
          case "outflow_plan" -> "values (:nothing, 'NGN', 0, now(), 'test')";
          case "planned_outflow" -> "values (:nothing, 'r', now(), 1)";
          case "payout_reservation" ->
              "(reservation_id, wallet_id, reference, currency, amount, made_at, made_by,"
                  + " made_sequence, expected_by, examined_sequence, state) values (:nothing,"
                  + " :nothing, 'r', 'NGN', 1, now(), 'test', 1, now(), 1, 'HELD')";
          case "subscription" ->
              "(subscription_id, name, channel, target, sealed_by, filter, state, since_epoch,"
                  + " since_transaction, since_event, created_at, updated_at) values (:nothing, 'n',"
                  + " 'WEBHOOK', '', 'm', '{}', 'ACTIVE', 0, '0', :nothing, now(), now())";
          case "wallet_closure" -> "values (:nothing, now(), now() + interval '1 second')";
          case "nonce" -> "values (:nothing, 'n', now())";
          case "idempotency_record" ->
              "values (:nothing, 'k', 'f', :nothing, now(), null, now(), now())";
          default -> throw new AssertionError(table);
        };
    database
        .look()
        .sql("insert into " + table + " " + values.replace(":nothing", "'" + NOTHING + "'"))
        .update();
  }

  private int count(String table) {
    return database.look().sql("select count(*) from " + table).query(Integer.class).single();
  }

  /** Makes the schema of an earlier release; the grants name tables that it does not have. */
  private static void migrateTo(int version, TestDatabase database) {
    Flyway.configure()
        .dataSource(database.asOwner())
        .locations("classpath:db/migration")
        .skipDefaultCallbacks(true)
        .target(Integer.toString(version))
        .load()
        .migrate();
  }

  /** The names of the scripts without V or U. */
  private static List<String> scripts(String prefix) {
    try {
      return Arrays.stream(
              new PathMatchingResourcePatternResolver()
                  .getResources("classpath*:db/" + prefix + "*"))
          .map(Resource::getFilename)
          .map(name -> String.valueOf(name).substring(1))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
