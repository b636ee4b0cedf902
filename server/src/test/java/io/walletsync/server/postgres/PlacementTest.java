package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.support.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * {@code ops/citus/placement.sql} is run for real, against functions that note what Citus would be
 * told: it puts every table in its one place, and is safe to run again.
 */
class PlacementTest {
  private static final Path SCRIPT = Path.of("../ops/citus/placement.sql");

  private final TestDatabase database = TestDatabase.migrated();
  private final JdbcClient owner = JdbcClient.create(database.asOwner());

  @Test
  void historyIsSpreadByWalletOrSubjectAndLiesTogether() {
    pretendCitus();

    place();

    assertThat(told("where by_column is not null"))
        .containsExactly(
            "wallet_balance_snapshot by wallet_id with none",
            "audit_entry by subject_id with wallet_balance_snapshot",
            "late_reading by wallet_id with wallet_balance_snapshot",
            "provider_movement by wallet_id with wallet_balance_snapshot",
            "reconciliation_comparison by wallet_id with wallet_balance_snapshot",
            "wallet_closure by wallet_id with wallet_balance_snapshot");
  }

  @Test
  void everyTableHasItsOnePlace() {
    pretendCitus();

    place();

    var all =
        owner
            .sql(
                """
                select tablename::text from pg_tables
                 where schemaname = 'public' and tablename not in ('told', 'pg_dist_partition')
                """)
            .query(String.class)
            .list();
    var placed =
        owner.sql("select table_name::text from told order by number").query(String.class).list();
    assertThat(placed)
        .as(
            """
            each table exactly once. One that is missing here must be added to ops/citus/placement.sql:\
             to "history" where its rows are only ever added and every unique key of it leads with a\
             wallet's or subject's id (then to HISTORY in CatalogTest too), else to "coordinator"\
            """)
        .containsExactlyInAnyOrderElementsOf(all);
  }

  @Test
  void runAgainItChangesNothing() {
    pretendCitus();
    place();
    var once = told("");

    place();

    assertThat(told("")).isEqualTo(once);
  }

  @Test
  void whatRefersToHistoryByKeyIsCutAndAllOtherKeysStay() {
    pretendCitus();
    var before = foreignKeys();
    owner
        .sql(
            "alter table late_reading add constraint extra foreign key (wallet_id) references wallet")
        .update();

    place();

    assertThat(foreignKeys()).isEqualTo(before).isNotEmpty();
  }

  @Test
  void withoutTheTriggersTheApplicationStillCannotChangeHistory() {
    pretendCitus();
    place();
    var application = JdbcClient.create(database.asApplication());

    assertThat(
            owner
                .sql(
                    """
                    select count(*) from pg_trigger
                     where not tgisinternal
                       and tgrelid not in ('outbox_event'::regclass, 'alert_transition'::regclass)
                    """)
                .query(Integer.class)
                .single())
        .isZero();
    for (var table :
        List.of(
            "wallet_balance_snapshot",
            "late_reading",
            "provider_movement",
            "reconciliation_comparison",
            "wallet_closure",
            "audit_entry")) {
      for (var change : List.of("delete from " + table, "truncate " + table)) {
        assertThatThrownBy(() -> application.sql(change).update())
            .rootCause()
            .hasMessageContaining("permission denied for table " + table);
      }
    }
  }

  @Test
  void withoutCitusItSaysSoAndChangesNothing() {
    var things = SchemaDump.ofThings(database);

    assertThatThrownBy(this::place).rootCause().hasMessageContaining("create extension citus");

    assertThat(SchemaDump.ofThings(database)).isEqualTo(things);
  }

  private void place() {
    try {
      owner.sql(Files.readString(SCRIPT)).update();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** What Citus offers to the script, with the parameters that it documents. */
  private void pretendCitus() {
    var statements = new ArrayList<String>();
    statements.add(
        """
        create table pg_dist_partition (logicalrelid regclass primary key, partmethod "char")
        """);
    statements.add(
        """
        create table told (
          number integer generated always as identity, table_name regclass, by_column text,
          colocate_with text)
        """);
    statements.add(
        """
        create function create_distributed_table(
          table_name regclass, distribution_column text, distribution_type text default 'hash',
          colocate_with text default 'default', shard_count integer default null)
        returns void language sql as $$
          insert into told (table_name, by_column, colocate_with)
          values (table_name, distribution_column, colocate_with);
          insert into pg_dist_partition values (table_name, 'h')
        $$
        """);
    statements.add(
        """
        create function citus_add_local_table_to_metadata(
          table_name regclass, cascade_via_foreign_keys boolean default false)
        returns void language sql as $$
          insert into told (table_name) values (table_name);
          insert into pg_dist_partition values (table_name, 'n')
        $$
        """);
    statements.forEach(statement -> owner.sql(statement).update());
  }

  private List<String> told(String which) {
    return owner
        .sql(
            "select concat_ws(' ', table_name, 'by', by_column, 'with', colocate_with) from told "
                + which
                + " order by number")
        .query((row, _) -> row.getString(1))
        .list();
  }

  private List<String> foreignKeys() {
    return owner
        .sql("select conname::text from pg_constraint where contype = 'f' order by 1")
        .query((row, _) -> row.getString(1))
        .list();
  }
}
