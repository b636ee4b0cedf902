package io.walletsync.server.support;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A server as a process of its own, on any free port, there to be killed. */
public final class ServerProcess implements AutoCloseable {
  private static final String LISTENING = "walletsync: listening on ";

  private final Process process;
  private final URI address;

  private ServerProcess(Process process, URI address) {
    this.process = process;
    this.address = address;
  }

  /** Starts it and waits until it listens. */
  public static ServerProcess start(Map<String, String> environment) {
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            // it lives for seconds
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
      var process = builder.redirectErrorStream(true).start();
      var output = process.inputReader();
      var address = awaitAddress(output);
      // or it would stop as soon as the pipe is full
      Thread.startVirtualThread(() -> output.lines().forEach(_ -> {}));
      return new ServerProcess(process, address);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static URI awaitAddress(BufferedReader output) throws IOException {
    var said = new ArrayList<String>();
    for (var line = output.readLine(); line != null; line = output.readLine()) {
      if (line.startsWith(LISTENING)) {
        return URI.create(line.substring(LISTENING.length()));
      }
      said.add(line);
    }
    throw new AssertionError("the server did not start: " + String.join("\n", tail(said)));
  }

  private static List<String> tail(List<String> lines) {
    var all = List.copyOf(lines);
    return all.subList(Math.max(0, all.size() - 20), all.size());
  }

  public URI address() {
    return address;
  }

  /** A client with the all-scopes key. */
  public ApiClient client() {
    return TestServer.client(address);
  }

  /** Kills it with SIGKILL, so that nothing can be put in order, and waits until it is gone. */
  public void kill() {
    process.destroyForcibly().onExit().join();
  }

  /** Asks it to stop, as an orchestrator does, and returns the status that it ends with. */
  public int stop() {
    // not Process.destroy, which closes the pipes at once
    process.toHandle().destroy();
    return process.onExit().join().exitValue();
  }

  /** Asks it to stop and waits until it has. */
  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
