package io.walletsync.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads what Linux counts about processes, in {@code /proc}. */
final class ProcessTimes {
  private static final Path PROC = Path.of("/proc");

  /** The unit of these files on every Linux: USER_HZ. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final Pattern PEAK = Pattern.compile("VmHWM:\\s+(\\d+) kB");
  private static final Pattern PROCESS = Pattern.compile("\\d+");
  private static final int PARENT = 1;
  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int WAITED_USER = 13;
  private static final int WAITED_SYSTEM = 14;

  private ProcessTimes() {}

  /** Of one process and all its threads. */
  static Duration ofProcess(long pid) {
    return stat(pid).map(s -> ticks(s, USER, SYSTEM)).orElse(Duration.ZERO);
  }

  /** Of a process and its children, also of those that have ended and were waited for. */
  static Duration ofTree(long pid) {
    var sum =
        stat(pid)
            .map(s -> ticks(s, USER, SYSTEM, WAITED_USER, WAITED_SYSTEM))
            .orElse(Duration.ZERO);
    try (var entries = Files.newDirectoryStream(PROC)) {
      for (var entry : entries) {
        var name = entry.getFileName().toString();
        if (PROCESS.matcher(name).matches()) {
          var child = stat(Long.parseLong(name)).filter(s -> s[PARENT].equals(Long.toString(pid)));
          sum = sum.plus(child.map(s -> ticks(s, USER, SYSTEM)).orElse(Duration.ZERO));
        }
      }
    } catch (IOException e) {
      throw new BenchProblem("The benchmark needs Linux: /proc cannot be read.", e);
    }
    return sum;
  }

  /** The process id of the parent. */
  static Optional<Long> parent(long pid) {
    return stat(pid).map(s -> Long.parseLong(s[PARENT]));
  }

  /** The most memory a process has had since {@link #forgetPeak}, in MiB. */
  static long peakMemory(long pid) {
    try {
      var found = PEAK.matcher(Files.readString(PROC.resolve(pid + "/status")));
      return found.find() ? Long.parseLong(found.group(1)) / 1024 : 0;
    } catch (IOException e) {
      return 0;
    }
  }

  static void forgetPeak(long pid) {
    try {
      Files.writeString(PROC.resolve(pid + "/clear_refs"), "5");
    } catch (IOException e) {
      // not ours to reset: the peak then counts from the start of the process
    }
  }

  private static Duration ticks(String[] stat, int... fields) {
    var sum = 0L;
    for (var field : fields) {
      sum += Long.parseLong(stat[field]);
    }
    return TICK.multipliedBy(sum);
  }

  /** The fields after the name, which may hold blanks and parentheses itself. */
  private static Optional<String[]> stat(long pid) {
    try {
      var text = Files.readString(PROC.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
      return Optional.of(text.substring(text.lastIndexOf(')') + 2).split(" ", -1));
    } catch (IOException e) {
      return Optional.empty();
    }
  }
}
