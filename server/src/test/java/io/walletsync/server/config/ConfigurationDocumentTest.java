package io.walletsync.server.config;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.walletsync.server.postgres.Schema.State;
import io.walletsync.server.support.TestDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;

/** docs/configuration.md names every setting that there is, and what it says to copy works. */
class ConfigurationDocumentTest {
  private static final Path ROOT = Path.of("..").toAbsolutePath().normalize();
  private static final String DOCUMENT = read(ROOT.resolve("docs/configuration.md"));
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `(WALLETSYNC_[A-Z0-9_]+)` \\|");
  private static final Pattern VARIABLE = Pattern.compile("\\bWALLETSYNC_[A-Z][A-Z0-9_]*[A-Z]\\b");

  private final TestDatabase beside = TestDatabase.create();
  private final String run = "_doc_" + UUID.randomUUID().toString().substring(0, 8);

  @Test
  void itsTablesListEverySettingOnce() {
    var listed = ROW.matcher(DOCUMENT).results().map(row -> row.group(1)).toList();

    assertThat(listed).containsExactlyInAnyOrderElementsOf(Settings.KNOWN);
  }

  @Test
  void nothingReadsAVariableThatItDoesNotList() throws IOException {
    try (var server = Files.walk(ROOT.resolve("server/src/main"));
        var cli = Files.walk(ROOT.resolve("cli/src/main"));
        var papers = Files.walk(ROOT.resolve("docs"))) {
      var named =
          Stream.of(
                  server,
                  cli,
                  papers,
                  Stream.of("walletsync", "mvnw", "bin/find-jdk.sh", "README.md")
                      .map(ROOT::resolve))
              .flatMap(files -> files)
              .filter(Files::isRegularFile)
              .flatMap(file -> VARIABLE.matcher(read(file)).results().map(match -> match.group()))
              .collect(Collectors.toCollection(TreeSet::new));

      assertThat(named).containsExactlyElementsOf(new TreeSet<>(Settings.KNOWN));
    }
  }

  @Test
  void itsTwoRolesCanWorkAndKeepTheHistorySafe() {
    copy("two roles");
    var environment =
        Map.of(
            "WALLETSYNC_DATABASE_URL", url("walletsync_app", "choose-another"),
            "WALLETSYNC_DATABASE_OWNER_URL", url("walletsync_owner", "choose-one"));
    try (var database = Database.open(Settings.from(environment))) {
      database.migrate();

      assertMigratedAndSafe(database);
    }
  }

  @Test
  void itsOneRoleCanWorkAndTakesTheRightToChangeHistoryFromItself() {
    copy("one role");
    var environment = Map.of("WALLETSYNC_DATABASE_URL", url("walletsync", "choose-one"));
    try (var database = Database.open(Settings.from(environment))) {
      database.migrate();

      assertMigratedAndSafe(database);
    }
  }

  private static void assertMigratedAndSafe(Database database) {
    assertThat(database.schema().state()).isEqualTo(State.CURRENT);
    assertThat(database.schema().isGranted()).isTrue();
    var application = JdbcClient.create(database.applicationConnections());
    assertThat(application.sql("select count(*) from wallet").query(Integer.class).single())
        .isZero();
    assertThatThrownBy(() -> application.sql("delete from audit_entry").update())
        .rootCause()
        .hasMessageContaining("permission denied");
  }

  @AfterEach
  void dropWhatWasCopied() {
    var admin = beside.look();
    admin.sql("drop database if exists walletsync" + run + " with (force)").update();
    for (var role : List.of("walletsync", "walletsync_owner", "walletsync_app")) {
      admin.sql("drop role if exists " + role + run).update();
    }
  }

  /** Runs the block behind the mark, with names that nothing else has. */
  private void copy(String mark) {
    var block =
        Pattern.compile("<!-- " + mark + " -->\n```sql\n(.*?)```", Pattern.DOTALL)
            .matcher(DOCUMENT);
    assertThat(block.find()).as(mark).isTrue();
    for (var statement :
        block.group(1).replaceAll("\\bwalletsync\\w*", "$0" + run).split(";\n", 0)) {
      beside.look().sql(statement).update();
    }
  }

  private String url(String role, String password) {
    return "postgresql://%s:%s@%s/walletsync%s".formatted(role + run, password, beside.host(), run);
  }

  private static String read(Path file) {
    try {
      return Files.readString(file, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
