package io.walletsync.server.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoTest {
  private static final String UUID =
      "[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}";
  private static final Pattern WALLET =
      Pattern.compile(
          "(?m)^(" + UUID + ")  (NGN|GHS|KES) +(\\d+\\.\\d\\d)  (\\d{4}-\\d\\d-\\d\\dT\\S+Z)$");
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?m)^  WALLETSYNC_URL=(http://127\\.0\\.0\\.1:\\d+) WALLETSYNC_KEY_ID=demo"
              + " WALLETSYNC_KEY_SECRET=(\\S+) \\./walletsync (sync|balance) ("
              + UUID
              + ")$");

  @TempDir Path parent;

  @Test
  void showsWalletsAndWhatToTryAndGoesOnWithItsDataTheNextTime() throws IOException {
    // a database user other than root must be able to pass through
    Files.setPosixFilePermissions(parent, PosixFilePermissions.fromString("rwxr-xr-x"));
    var data = parent.resolve("data");

    var first = run(data);
    assertThat(cluster(data)).as("the database's lock file after the end").doesNotExist();
    var second = run(data);

    for (var said : List.of(first, second)) {
      assertThat(matches(WALLET, said, 2)).containsExactly("GHS", "KES", "NGN");
      assertThat(matches(COMMAND, said, 3)).containsExactly("sync", "balance");
      assertThat(matches(COMMAND, said, 4)).containsOnly(matches(WALLET, said, 1).getFirst());
      assertThat(said).contains("Try next:", "/actuator/health", "/docs/");
    }
    assertThat(data)
        .as("a real installation's place")
        .isDirectoryNotContaining("glob:**/postgres-*");
    assertThat(matches(WALLET, second, 1)).isEqualTo(matches(WALLET, first, 1));
    assertThat(matches(COMMAND, second, 2)).isEqualTo(matches(COMMAND, first, 2));
    assertThat(cluster(data)).doesNotExist();
  }

  /** What a whole life of the demo prints. */
  private static String run(Path data) {
    var printed = new ByteArrayOutputStream();
    var environment =
        Map.of(
            "WALLETSYNC_DATA_DIR", data.toString(),
            "WALLETSYNC_PORT", "0",
            // what belongs to a real installation is left alone
            "WALLETSYNC_DATABASE_URL", "postgresql://ann:pw@127.0.0.1:9/not_for_playing",
            "WALLETSYNC_MASTER_KEY", "neither is this",
            "WALLETSYNC_BOOTSTRAP_KEY_ID", "nor this");
    try (var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        var demo = Demo.start(environment, out)) {
      assertThat(cluster(data)).as("a running database").exists();
      assertThat(demo).isNotNull();
    }
    return printed.toString(StandardCharsets.UTF_8);
  }

  /** There while PostgreSQL runs. */
  private static Path cluster(Path data) {
    return data.resolve("demo").resolve("postgres-18").resolve("postmaster.pid");
  }

  private static List<String> matches(Pattern pattern, String text, int group) {
    return pattern.matcher(text).results().map(match -> match.group(group)).toList();
  }
}
