package io.walletsync.server.embedded;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Runs PostgreSQL's programs with no terminal, no pipes to hang on, no settings from the user's
 * environment, and a time limit.
 */
final class PostgresCommands {
  private static final Duration TRIAL_LIMIT = Duration.ofMinutes(1);

  private final PostgresBinaries binaries;
  private final RunAs runAs;
  private final DataDirectory directory;

  PostgresCommands(PostgresBinaries binaries, RunAs runAs, DataDirectory directory) {
    this.binaries = binaries;
    this.runAs = runAs;
    this.directory = directory;
  }

  /** What a program left: its exit code and all it printed. */
  record Result(int exitCode, String output) {
    boolean succeeded() {
      return exitCode == 0;
    }

    /** The line that tells the reason: the first one marked as an error, else the last one. */
    String reason() {
      var lines = output.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
      return lines.stream()
          .filter(line -> line.contains("error:") || line.contains("FATAL:"))
          .findFirst()
          .orElseGet(() -> lines.isEmpty() ? "exit code " + exitCode : lines.getLast());
    }
  }

  /** Finds out before anything is created whether this machine can run the programs at all. */
  void requireThatTheyRun() {
    String reason;
    try {
      var result = run(TRIAL_LIMIT, "postgres", List.of("--version"));
      if (result.succeeded()) {
        return;
      }
      reason = result.reason();
    } catch (IOException e) {
      reason = e.getMessage();
    }
    throw new EmbeddedPostgresProblem(
        "The PostgreSQL that WalletSync brings does not run on this machine (%s); %s."
            .formatted(reason, EmbeddedPostgresProblem.WAY_OUT));
  }

  RunAs runAs() {
    return runAs;
  }

  Result run(Duration limit, String program, List<String> arguments) throws IOException {
    var output = directory.unfinished(Path.of(program + "-output"));
    Files.createFile(
        output, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      var builder =
          new ProcessBuilder(runAs.command(binaries.program(program), arguments))
              .directory(directory.path().toFile())
              .redirectInput(Redirect.from(new File("/dev/null")))
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("PG"));
      builder.environment().put("LC_ALL", "C");
      var exitCode = await(builder.start(), limit);
      return new Result(exitCode, new String(Files.readAllBytes(output), StandardCharsets.UTF_8));
    } finally {
      Files.deleteIfExists(output);
    }
  }

  /** Waits through interrupts, so that an impatient shutdown still stops PostgreSQL cleanly. */
  private static int await(Process process, Duration limit) {
    var interrupted = Thread.interrupted();
    try {
      while (true) {
        try {
          if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
            process.destroyForcibly();
          }
          return process.waitFor();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
