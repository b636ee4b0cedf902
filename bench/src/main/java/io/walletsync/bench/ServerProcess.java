package io.walletsync.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The product as it is shipped, in a process of its own. */
final class ServerProcess {
  private static final Pattern ADDRESS = Pattern.compile("listening on (http://\\S+)");

  /** As the launcher starts it. */
  private static final List<String> LAUNCHER_OPTIONS =
      List.of(
          "-Dfile.encoding=UTF-8",
          "--enable-native-access=ALL-UNNAMED",
          "--sun-misc-unsafe-memory-access=allow",
          "-XX:+ExitOnOutOfMemoryError",
          "-Xmx512m");

  private final ChildProcess process;
  private final int port;
  private final Path collections;

  private ServerProcess(ChildProcess process, int port, Path collections) {
    this.process = process;
    this.port = port;
    this.collections = collections;
  }

  static ServerProcess start(
      Path jar, List<String> javaOptions, Map<String, String> settings, Workplace work)
      throws IOException, InterruptedException {
    var collections = work.file("server-gc.log");
    var arguments = new ArrayList<>(LAUNCHER_OPTIONS);
    arguments.add("-Xlog:gc:file=" + collections + ":uptime");
    arguments.addAll(javaOptions);
    arguments.addAll(List.of("-jar", jar.toString(), "serve"));
    var environment = new HashMap<>(settings);
    environment.put("WALLETSYNC_PORT", "0");
    var process = work.startJava(arguments, environment, "server.log");
    var address = process.awaitSaying(ADDRESS);
    return new ServerProcess(
        process, Integer.parseInt(address.substring(address.lastIndexOf(':') + 1)), collections);
  }

  long pid() {
    return process.pid();
  }

  int port() {
    return port;
  }

  /** Processor time until now. */
  Duration used() {
    return ProcessTimes.ofProcess(pid());
  }

  /** The log of its garbage collections. */
  Path collections() {
    return collections;
  }

  void stop() {
    process.stop();
  }
}
