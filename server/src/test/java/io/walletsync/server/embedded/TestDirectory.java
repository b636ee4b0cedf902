package io.walletsync.server.embedded;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;

/** Data directories for tests: they share one set of unpacked programs, which takes seconds. */
final class TestDirectory {
  private static final Path SHARED = Path.of("target", "embedded-postgres-for-tests");

  private TestDirectory() {}

  static DataDirectory with(Path path) throws IOException {
    var shared = DataDirectory.open(SHARED);
    var binaries = PostgresBinaries.unpacked(PostgresArchive.forThisMachine(), shared);
    var directory = DataDirectory.open(path);
    link(binaries.home(), directory.binaries());
    return directory;
  }

  private static void link(Path source, Path target) throws IOException {
    try (var files = Files.walk(source)) {
      for (var file : (Iterable<Path>) files::iterator) {
        var copy = target.resolve(source.relativize(file));
        if (Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS)) {
          Files.createDirectory(copy);
        } else {
          linkOrCopy(file, copy);
        }
      }
    }
  }

  private static void linkOrCopy(Path file, Path copy) throws IOException {
    try {
      Files.createLink(copy, file);
    } catch (FileSystemException e) {
      // Another file system.
      Files.copy(file, copy, StandardCopyOption.COPY_ATTRIBUTES, LinkOption.NOFOLLOW_LINKS);
    }
  }

  /** The server processes, without their children, that run on the directory. */
  static List<ProcessHandle> postmasters(DataDirectory directory) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                process
                    .info()
                    .commandLine()
                    .filter(line -> line.contains("bin/postgres -D " + directory.cluster()))
                    .isPresent())
        .toList();
  }
}
