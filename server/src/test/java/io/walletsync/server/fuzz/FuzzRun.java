package io.walletsync.server.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.springframework.util.FileSystemUtils;

/**
 * Jazzer in a process of its own, with little memory and a limit for each input, so that a reader
 * that eats memory or never ends is found as one that throws.
 *
 * @param executions how many inputs were tried
 * @param findings what broke a promise; empty where nothing did
 */
record FuzzRun(long executions, List<Path> findings, String output) {
  private static final Path OUT = Path.of("target/fuzz");

  /** What reads: the adapters, the values they make, and the JSON below them; more slows starts. */
  private static final String INSTRUMENTED =
      "io.walletsync.core.**:io.walletsync.server.provider.**:tools.jackson.core.**"
          + ":tools.jackson.databind.node.**";

  private static final Pattern EXECUTIONS =
      Pattern.compile("stat::number_of_executed_units: *([0-9]+)");

  /**
   * Fuzzes for as long as told, or until something is found.
   *
   * @param target empty for all of them, picked by the first byte of the input
   * @param seeds where to start from; what is learned is kept beside them
   */
  static FuzzRun of(String target, List<byte[]> seeds, Duration time) {
    try {
      var directory = OUT.resolve(target.isEmpty() ? "ALL" : target);
      var found = empty(directory.resolve("found"));
      var learned = directory.resolve("corpus");
      // a short run would spend its time on trying again what earlier ones learned
      var corpus = target.isEmpty() ? empty(learned) : Files.createDirectories(learned);
      for (int i = 0; i < seeds.size(); i++) {
        Files.write(corpus.resolve("seed-" + i), seeds.get(i));
      }
      var log = directory.resolve("log.txt");
      var process =
          new ProcessBuilder(command(target, corpus, found, time))
              .redirectErrorStream(true)
              .redirectOutput(log.toFile())
              .start();
      if (!process.waitFor(time.toSeconds() + 240, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      var output = Files.readString(log);
      var executed = EXECUTIONS.matcher(output);
      try (var findings = Files.list(found)) {
        return new FuzzRun(
            executed.find() ? Long.parseLong(executed.group(1)) : 0,
            // a slow one may be the machine's fault; one that never ends is a timeout
            findings.filter(it -> !it.toString().contains("slow-unit-")).toList(),
            output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Path empty(Path directory) throws IOException {
    FileSystemUtils.deleteRecursively(directory);
    return Files.createDirectories(directory);
  }

  private static List<String> command(String target, Path corpus, Path found, Duration time) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx384m",
        "-XX:+UseSerialGC",
        // a short run is mostly start
        target.isEmpty() ? "-XX:TieredStopAtLevel=1" : "-XX:+TieredCompilation",
        "-XX:+EnableDynamicAgentLoading",
        "--enable-native-access=ALL-UNNAMED",
        "--sun-misc-unsafe-memory-access=allow",
        "-Dwalletsync.fuzz.target=" + target,
        "-cp",
        System.getProperty("java.class.path"),
        "com.code_intelligence.jazzer.Jazzer",
        "--target_class=" + FuzzEntry.class.getName(),
        "--instrumentation_includes=" + INSTRUMENTED,
        "--custom_hook_includes=" + INSTRUMENTED,
        "--reproducer_path=" + found.toAbsolutePath(),
        "-artifact_prefix=" + found.toAbsolutePath() + "/",
        "-max_total_time=" + time.toSeconds(),
        // seconds for one input, on a machine that has other things to do as well
        "-timeout=30",
        // the heap above bounds what a reader eats; the kernel counts the peak of the process that
        // started this one as its own, so a limit on resident memory would blame readers for that
        "-rss_limit_mb=0",
        "-max_len=32768",
        "-print_final_stats=1",
        corpus.toAbsolutePath().toString());
  }
}
