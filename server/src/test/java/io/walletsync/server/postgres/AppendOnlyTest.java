package io.walletsync.server.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.support.TestDatabase;
import java.sql.SQLException;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * History is refused to be changed by privilege first, and by trigger to whoever is above those.
 */
class AppendOnlyTest {
  private static final String NO_RIGHT = "42501";
  private static TestDatabase twoRoles;
  private static TestDatabase oneRole;

  @BeforeAll
  static void migrate() {
    twoRoles = TestDatabase.migrated();
    oneRole = TestDatabase.createForOneRole();
    oneRole.schema().migrate();
  }

  static Stream<String> changes() {
    return Stream.of(
            "wallet_balance_snapshot",
            "late_reading",
            "provider_movement",
            "reconciliation_comparison",
            "wallet_closure",
            "audit_entry",
            "alert_transition",
            "outbox_event")
        .flatMap(
            table ->
                Stream.of(
                    "update " + table + " set " + column(table) + " = null",
                    "delete from " + table,
                    "truncate " + table));
  }

  @ParameterizedTest
  @MethodSource("changes")
  void theApplicationsRoleHasNoSuchRight(String change) {
    assertRefused(twoRoles.asApplication(), change, "permission denied for table");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void aRoleThatOwnsTheTablesHasNoSuchRightEither(String change) {
    assertRefused(oneRole.asApplication(), change, "permission denied for table");
  }

  @ParameterizedTest
  @MethodSource("changes")
  void whoeverHasEveryRightIsStoppedByTheTrigger(String change) {
    assertRefused(twoRoles.asOwner(), change, "is append-only");
    assertRefused(twoRoles.asSuperuser(), change, "is append-only");
  }

  /** How it compares and how it ended is written beside it; what the books said is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update reconciliation set expected = 0",
        "update reconciliation set as_of = now()",
        "update reconciliation set reference = ''",
        "update reconciliation set recorded_by = ''",
        "delete from reconciliation",
        "truncate reconciliation"
      })
  void whatTheBooksSaidCannotBeChangedByTheApplication(String change) {
    assertRefused(twoRoles.asApplication(), change, "permission denied for table");
    assertRefused(oneRole.asApplication(), change, "permission denied for table");
  }

  /** What became of an alert is written beside it; what it found is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update alert set current = ''",
        "update alert set opened_at = now()",
        "update alert set subject_id = null",
        "delete from alert",
        "truncate alert",
        "delete from alert_rule"
      })
  void whatAnAlertFoundCannotBeChangedByTheApplication(String change) {
    assertRefused(twoRoles.asApplication(), change, "permission denied for table");
    assertRefused(oneRole.asApplication(), change, "permission denied for table");
  }

  /** How a reservation went on is written beside it; what was set aside for whom is not. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "update payout_reservation set amount = 1",
        "update payout_reservation set reference = ''",
        "update payout_reservation set wallet_id = gen_random_uuid()",
        "update payout_reservation set made_at = now()",
        "delete from payout_reservation",
        "truncate payout_reservation"
      })
  void whatWasSetAsideCannotBeChangedByTheApplication(String change) {
    assertRefused(twoRoles.asApplication(), change, "permission denied for table");
    assertRefused(oneRole.asApplication(), change, "permission denied for table");
  }

  private static String column(String table) {
    return switch (table) {
      case "audit_entry" -> "details";
      case "reconciliation_comparison" -> "verdict";
      case "outbox_event" -> "kind";
      case "wallet_closure" -> "closed_at";
      case "alert_transition" -> "note";
      default -> "metadata";
    };
  }

  private static void assertRefused(DataSource as, String change, String why) {
    assertThatThrownBy(() -> JdbcClient.create(as).sql(change).update())
        .rootCause()
        .isInstanceOfSatisfying(
            SQLException.class, e -> assertThat(e.getSQLState()).isEqualTo(NO_RIGHT))
        .hasMessageContaining(why);
  }
}
