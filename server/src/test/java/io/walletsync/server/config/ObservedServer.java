package io.walletsync.server.config;

import io.walletsync.server.support.Eventually;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server as a process of its own, of which every line is kept. */
final class ObservedServer implements AutoCloseable {
  private static final String LISTENING = "walletsync: listening on ";
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final Process process;
  private final Lines output;
  private final Lines errors;

  private ObservedServer(Process process) {
    this.process = process;
    this.output = Lines.of(process.inputReader());
    this.errors = Lines.of(process.errorReader());
  }

  /** Starts {@code serve} with nothing but these variables of ours. */
  static ObservedServer start(Map<String, String> environment) {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-Xmx256m",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow",
            "-cp",
            System.getProperty("java.class.path"),
            "io.walletsync.server.WalletSync",
            "serve");
    builder.environment().keySet().removeIf(name -> name.startsWith("WALLETSYNC_"));
    builder.environment().putAll(environment);
    try {
      return new ObservedServer(builder.start());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Waits until it listens. */
  URI address() {
    Eventually.within(
        PATIENCE, "listening: " + this, () -> said().isPresent() || !process.isAlive());
    return URI.create(
        said().orElseThrow(() -> new AssertionError(this)).substring(LISTENING.length()));
  }

  private Optional<String> said() {
    return errors.kept().stream().filter(line -> line.startsWith(LISTENING)).findFirst();
  }

  /** Asks it to stop, as an orchestrator does. */
  void terminate() {
    // not Process.destroy, which closes the pipes at once
    process.toHandle().destroy();
  }

  /** Waits until it is gone and all it wrote is here. */
  int exitStatus() {
    Eventually.within(PATIENCE, "the end of the process", () -> !process.isAlive());
    output.awaitEnd();
    errors.awaitEnd();
    return process.exitValue();
  }

  List<String> output() {
    return output.kept();
  }

  List<String> errors() {
    return errors.kept();
  }

  @Override
  public void close() {
    process.destroyForcibly().onExit().join();
  }

  @Override
  public String toString() {
    return "server\n" + String.join("\n", errors()) + "\n" + String.join("\n", output());
  }

  /** What came out of one pipe so far. */
  private record Lines(List<String> kept, Thread reader) {
    static Lines of(BufferedReader pipe) {
      var kept = new CopyOnWriteArrayList<String>();
      return new Lines(kept, Thread.startVirtualThread(() -> pipe.lines().forEach(kept::add)));
    }

    void awaitEnd() {
      try {
        reader.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }
}
