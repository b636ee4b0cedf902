package io.walletsync.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tool measures what it says: it finds no flaw in the product, and says what it measured. */
class BenchTest {
  private static final PrintStream OUT = new PrintStream(System.out, true, StandardCharsets.UTF_8);

  @TempDir private static Path directory;

  @BeforeAll
  static void measureThePackagedServer() {
    System.setProperty("walletsync.server-jar", "../server/target/walletsync-server.jar");
  }

  @Test
  void everyPartRunsAndIsVerified() throws Exception {
    var output = directory.resolve("results.md");

    var results = Bench.run(Options.of(List.of("--quick", "--output", output.toString())), OUT);

    assertThat(results.flaws()).isEmpty();
    assertThat(results.samples().keySet())
        .extracting(Results.Line::name)
        .contains(
            "limit-sync",
            "limit-batch",
            "limit-read",
            "stub",
            "post-changed",
            "post-unchanged",
            "replay",
            "get",
            "paystack",
            "scheduled-changed-20",
            "scheduled-unchanged-1",
            "notices-without",
            "notices-with",
            "notices-scheduled-without",
            "notices-scheduled-with");
    assertThat(results.samples().values())
        .allSatisfy(
            samples ->
                assertThat(samples)
                    .allSatisfy(sample -> assertThat(sample.perSecond()).isPositive()));
    assertThat(results.fact("capacity-heap")).isPresent();
    assertThat(results.fact("notices-delay-p99")).isPresent();
    assertThat(Files.readString(output))
        .contains("| POST sync-balance, balance changed | 4 |", "| leasing one batch, p99, ms |")
        .doesNotContain("The run failed");
  }
}
