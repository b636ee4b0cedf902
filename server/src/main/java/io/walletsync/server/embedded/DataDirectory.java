package io.walletsync.server.embedded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one directory of an installation: what lies where, and that whatever is made in several steps
 * appears under its own name only when it is whole.
 *
 * @param path absolute, without symbolic links
 */
record DataDirectory(Path path) {
  private static final Logger LOG = LoggerFactory.getLogger(DataDirectory.class);
  private static final String UNFINISHED = ".unfinished-";

  /** Opens the directory, making it readable by its owner only where it does not exist yet. */
  static DataDirectory open(Path path) throws IOException {
    var absolute = path.toAbsolutePath().normalize();
    if (absolute.toString().chars().anyMatch(c -> "\"\\$`\n".indexOf(c) >= 0)) {
      // pg_ctl hands the path to a shell between double quotes.
      throw new EmbeddedPostgresProblem(
          "The data directory "
              + absolute
              + " must not have a quote, backslash, dollar sign or line break in its name; set"
              + " WALLETSYNC_DATA_DIR to another directory.");
    }
    var parent = absolute.getParent();
    if (parent != null) {
      Files.createDirectories(parent);
    }
    try {
      Files.createDirectory(
          absolute,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    } catch (FileAlreadyExistsException e) {
      if (!Files.isDirectory(absolute)) {
        throw new EmbeddedPostgresProblem(
            absolute + " is not a directory; set WALLETSYNC_DATA_DIR to one.", e);
      }
    }
    return new DataDirectory(absolute.toRealPath());
  }

  Path lockFile() {
    return path.resolve("walletsync.lock");
  }

  Path passwords() {
    return path.resolve("postgres-passwords.properties");
  }

  Path log() {
    return path.resolve("postgres.log");
  }

  Path cluster() {
    return path.resolve("postgres-" + PostgresArchive.MAJOR);
  }

  Path binaries() {
    return path.resolve("postgres-binaries-" + PostgresArchive.VERSION);
  }

  /** A new name beside the given one, for work that may be cut short. */
  Path unfinished(Path target) {
    return path.resolve(target.getFileName() + UNFINISHED + UUID.randomUUID());
  }

  /** Gives finished work its name in one step and makes that survive a power cut. */
  void finish(Path unfinished, Path target) throws IOException {
    Files.move(unfinished, target, StandardCopyOption.ATOMIC_MOVE);
    force(path);
  }

  /** Removes what earlier starts left half done. */
  void removeUnfinished() throws IOException {
    try (var entries = Files.newDirectoryStream(path, "*" + UNFINISHED + "*")) {
      for (var entry : entries) {
        try {
          remove(entry);
        } catch (IOException e) {
          // An initdb that outlived its killed parent may still be writing there; it does no harm.
          LOG.warn("Could not remove the unfinished {}: {}", entry, e.toString());
        }
      }
    }
  }

  static void remove(Path root) throws IOException {
    Files.walkFileTree(
        root,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
              throws IOException {
            if (failure != null) {
              throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
          }
        });
  }

  /** Waits until the file or the directory's list of names is on the disk. */
  static void force(Path fileOrDirectory) throws IOException {
    try (var channel = FileChannel.open(fileOrDirectory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
