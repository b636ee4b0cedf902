package io.walletsync.server.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The file {@code postmaster.pid} of a cluster, read with distrust: after a crash its process id
 * may be anybody's.
 */
final class PostmasterFile {
  private static final Pattern PROGRAM = Pattern.compile("(.*/)?postgres");

  private final Path cluster;
  private final Path file;

  PostmasterFile(Cluster cluster) {
    this.cluster = cluster.path();
    this.file = this.cluster.resolve("postmaster.pid");
  }

  /** The PostgreSQL that really runs on this cluster. */
  Optional<ProcessHandle> running() throws IOException {
    return pid().flatMap(ProcessHandle::of).filter(this::isPostgresHere);
  }

  /**
   * Removes the file where it would keep PostgreSQL from starting though none runs here. One that
   * names a dead process stays, because PostgreSQL learns from it which shared memory to look at.
   */
  void removeIfForeign() throws IOException {
    var pid = pid();
    var namesTheDead = pid.isPresent() && pid.flatMap(ProcessHandle::of).isEmpty();
    if (!namesTheDead && running().isEmpty()) {
      Files.deleteIfExists(file);
    }
  }

  private Optional<Long> pid() throws IOException {
    try (var lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
      // PostgreSQL in single-user mode writes its process id with a minus sign.
      return lines.findFirst().map(String::strip).map(Long::parseLong).map(Math::abs);
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean isPostgresHere(ProcessHandle process) {
    var commandLine = commandLine(process);
    if (commandLine.isEmpty() || !PROGRAM.matcher(commandLine.getFirst()).matches()) {
      return false;
    }
    var option = commandLine.indexOf("-D");
    return (option > 0 && option + 1 < commandLine.size() && isCluster(commandLine.get(option + 1)))
        || isCluster("/proc/" + process.pid() + "/cwd");
  }

  private boolean isCluster(String path) {
    try {
      return Files.isSameFile(cluster, Path.of(path));
    } catch (IOException | InvalidPathException e) {
      return false; // Gone, or another user's.
    }
  }

  /** Linux shows everybody's command line, even where the process may not be looked into. */
  private static List<String> commandLine(ProcessHandle process) {
    try {
      var bytes = Files.readAllBytes(Path.of("/proc/" + process.pid() + "/cmdline"));
      return List.of(new String(bytes, StandardCharsets.UTF_8).split("\0"));
    } catch (IOException e) {
      var info = process.info();
      return info.command()
          .map(
              program ->
                  Stream.concat(
                          Stream.of(program), Arrays.stream(info.arguments().orElse(new String[0])))
                      .toList())
          .orElse(List.of());
    }
  }
}
