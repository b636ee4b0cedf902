package io.walletsync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A Java program that was started from here. */
final class ChildProcess {
  private static final Duration START_PATIENCE = Duration.ofMinutes(2);
  private static final Duration STOP_PATIENCE = Duration.ofSeconds(60);

  private final Process process;
  private final Path log;

  private ChildProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  /** Starts Java with these arguments; all that it says goes into the log. */
  static ChildProcess java(List<String> arguments, Map<String, String> environment, Path log)
      throws IOException {
    var command = new ArrayList<String>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    command.addAll(arguments);
    var builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().keySet().removeIf(name -> name.startsWith("WALLETSYNC_"));
    builder.environment().putAll(environment);
    return new ChildProcess(builder.start(), log);
  }

  long pid() {
    return process.pid();
  }

  /** Waits until it has said something of this pattern, and returns the first group. */
  String awaitSaying(Pattern pattern) throws IOException, InterruptedException {
    var deadline = System.nanoTime() + START_PATIENCE.toNanos();
    while (System.nanoTime() < deadline) {
      var found = find(pattern);
      if (found.isPresent()) {
        return found.get();
      }
      if (process.waitFor(50, TimeUnit.MILLISECONDS)) {
        break;
      }
    }
    throw new BenchProblem("A process did not start; what it said:\n" + Files.readString(log));
  }

  /** Asks it to end, and waits until it has; further calls do nothing. */
  void stop() {
    process.destroy();
    try {
      if (!process.waitFor(STOP_PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private Optional<String> find(Pattern pattern) throws IOException {
    var found = pattern.matcher(Files.readString(log));
    return found.find() ? Optional.of(found.group(1)) : Optional.empty();
  }
}
