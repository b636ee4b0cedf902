package io.walletsync.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A recording of Flight Recorder in the server, from its start to its close. */
final class Recording implements AutoCloseable {
  private final @Nullable Path file;
  private final long pid;

  private Recording(@Nullable Path file, long pid) {
    this.file = file;
    this.pid = pid;
  }

  /** Starts one; none where there is no file for it. */
  static Recording start(@Nullable Path file, ServerProcess server) throws IOException {
    var recording = new Recording(file, server.pid());
    if (file != null) {
      recording.jcmd("JFR.start", "name=bench", "settings=profile");
    }
    return recording;
  }

  @Override
  public void close() throws IOException {
    if (file != null) {
      jcmd("JFR.stop", "name=bench", "filename=" + file.toAbsolutePath());
    }
  }

  private void jcmd(String... words) throws IOException {
    var command = new ArrayList<>(List.of(jcmd().toString(), Long.toString(pid)));
    command.addAll(List.of(words));
    var process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (process.onExit().join().exitValue() != 0) {
      throw new BenchProblem("The server could not be recorded: jcmd failed.");
    }
  }

  private static Path jcmd() {
    return Path.of(System.getProperty("java.home"), "bin", "jcmd");
  }
}
