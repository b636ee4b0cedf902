package io.walletsync.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Pattern;

/** On what was measured, and when. */
final class Machine {
  private static final Pattern MODEL = Pattern.compile("(?m)^model name\\s*:\\s*(.+)$");
  private static final Pattern MEMORY = Pattern.compile("(?m)^MemTotal:\\s*(\\d+) kB$");

  /** Of a description. */
  static final int LINES = 3;

  private Machine() {}

  static List<String> describe(
      Installation installation, Options options, InstantSource clock, double loadBefore)
      throws IOException, SQLException {
    return List.of(
        "%s UTC; %d rounds, %.1f s for each measurement, after %.1f s of warm-up"
            .formatted(
                clock.instant().toString().substring(0, 16).replace('T', ' '),
                options.rounds(),
                options.window().toMillis() / 1e3,
                options.warmUp().toMillis() / 1e3),
        "%d cores (%s), %d GiB of memory, Linux %s; load average before the run %.1f"
            .formatted(
                Runtime.getRuntime().availableProcessors(),
                find(MODEL, "/proc/cpuinfo"),
                Math.round(Double.parseDouble(find(MEMORY, "/proc/meminfo")) / (1 << 20)),
                System.getProperty("os.version"),
                loadBefore),
        "JDK %s, PostgreSQL %s (fsync %s, synchronous_commit %s, shared_buffers %s, on %s)"
            .formatted(
                Runtime.version(),
                installation.database().text("show server_version"),
                installation.database().text("show fsync"),
                installation.database().text("show synchronous_commit"),
                installation.database().text("show shared_buffers"),
                Files.getFileStore(installation.directory()).type()));
  }

  /** How many processes wanted a core in the last minute. */
  static double load() throws IOException {
    return Double.parseDouble(Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
  }

  private static String find(Pattern pattern, String file) throws IOException {
    var found = pattern.matcher(Files.readString(Path.of(file)));
    return found.find() ? found.group(1) : "0";
  }
}
