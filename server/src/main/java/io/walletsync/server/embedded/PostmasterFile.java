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
import java.util.stream.Stream;

/**
 * The file {@code postmaster.pid} of a cluster, read with distrust: after a crash its process id
 * may be anybody's.
 */
final class PostmasterFile {
  private final Path cluster;
  private final Path file;

  PostmasterFile(Cluster cluster) {
    this.cluster = cluster.path();
    this.file = this.cluster.resolve("postmaster.pid");
  }

  /** The PostgreSQL that really runs on this cluster. */
  Optional<ProcessHandle> running() throws IOException {
    return process().filter(this::isPostgresHere);
  }

  /** Removes the file where it would keep PostgreSQL from starting though none runs here. */
  void removeIfForeign() throws IOException {
    if (Files.exists(file) && running().isEmpty()) {
      Files.deleteIfExists(file);
    }
  }

  private Optional<ProcessHandle> process() throws IOException {
    try (var lines = Files.lines(file)) {
      return lines.findFirst().map(String::strip).map(Long::parseLong).flatMap(ProcessHandle::of);
    } catch (NoSuchFileException | NumberFormatException e) {
      return Optional.empty();
    }
  }

  private boolean isPostgresHere(ProcessHandle process) {
    var commandLine = commandLine(process);
    if (commandLine.isEmpty() || !commandLine.getFirst().endsWith("postgres")) {
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
