package io.walletsync.server.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL's programs, unpacked once per version, never half.
 *
 * @param home the directory with {@code bin}, {@code lib} and {@code share}
 */
record PostgresBinaries(Path home) {
  private static final Logger LOG = LoggerFactory.getLogger(PostgresBinaries.class);

  static PostgresBinaries unpacked(PostgresArchive archive, DataDirectory directory)
      throws IOException {
    var binaries = new PostgresBinaries(directory.binaries());
    if (!binaries.complete()) {
      LOG.info("Unpacking PostgreSQL {} into {}", PostgresArchive.VERSION, binaries.home);
      var unfinished = directory.unfinished(binaries.home);
      archive.unpackInto(unfinished);
      force(unfinished);
      if (Files.exists(binaries.home, LinkOption.NOFOLLOW_LINKS)) {
        var damaged = directory.unfinished(binaries.home);
        directory.finish(binaries.home, damaged);
        DataDirectory.remove(damaged);
      }
      directory.finish(unfinished, binaries.home);
    }
    return binaries;
  }

  Path program(String name) {
    return home.resolve("bin").resolve(name);
  }

  private boolean complete() {
    return Stream.of("initdb", "pg_ctl", "postgres")
            .map(this::program)
            .allMatch(Files::isExecutable)
        && Files.isRegularFile(home.resolve("share/postgresql/postgres.bki"));
  }

  private static void force(Path root) throws IOException {
    try (var files = Files.walk(root)) {
      for (var file : (Iterable<Path>) files::iterator) {
        if (!Files.isSymbolicLink(file)) {
          DataDirectory.force(file);
        }
      }
    }
  }
}
