package io.walletsync.server.embedded;

import java.io.BufferedReader;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Path;

/** Another process that starts the database on a directory, there to be killed. */
final class OwnerProcess implements AutoCloseable {
  private final Process process;
  private final BufferedReader output;

  OwnerProcess(DataDirectory directory) throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OwnerProcess.class.getName(),
                directory.path().toString())
            .redirectError(Redirect.DISCARD)
            .start();
    output = process.inputReader();
  }

  /** Starts, says so or why not, and then lives until its input ends. */
  static void main(String[] arguments) throws IOException {
    try (var postgres = EmbeddedPostgres.start(Path.of(arguments[0]))) {
      System.out.println("started " + postgres.jdbcUrl());
      while (System.in.read() >= 0) {}
    } catch (EmbeddedPostgresProblem e) {
      System.out.println("problem " + e.getMessage());
    }
  }

  long pid() {
    return process.pid();
  }

  /** What it came to; anything it logs before that is skipped. */
  String outcome() throws IOException {
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith("started ") || line.startsWith("problem ")) {
        return line;
      }
    }
    return "nothing";
  }

  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Ends it in the ordinary way. */
  @Override
  public void close() throws IOException {
    process.getOutputStream().close();
    process.onExit().join();
  }
}
