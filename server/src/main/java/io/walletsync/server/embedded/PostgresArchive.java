package io.walletsync.server.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * The packed PostgreSQL on the class path that fits this machine.
 *
 * @param resource its name on the class path
 */
record PostgresArchive(String resource) {
  /** The version of the artifacts on the class path; a test holds it against them. */
  static final String VERSION = "18.6.0";

  static final String MAJOR = VERSION.substring(0, VERSION.indexOf('.'));

  private static final int ANY_EXECUTE = 0111;
  private static final Set<PosixFilePermission> PLAIN =
      PosixFilePermissions.fromString("rw-r--r--");
  private static final Set<PosixFilePermission> OPEN = PosixFilePermissions.fromString("rwxr-xr-x");

  static PostgresArchive forThisMachine() {
    return forMachine(System.getProperty("os.name"), System.getProperty("os.arch"));
  }

  static PostgresArchive forMachine(String system, String architecture) {
    var systemPart =
        switch (system) {
          case "Linux" -> "linux";
          case "Mac OS X" -> "darwin";
          default -> "";
        };
    var architecturePart =
        switch (architecture) {
          case "amd64", "x86_64" -> "x86_64";
          case "aarch64" -> "arm_64";
          default -> "";
        };
    if (systemPart.isEmpty() || architecturePart.isEmpty()) {
      throw new EmbeddedPostgresProblem(
          "WalletSync brings no PostgreSQL for %s on %s; %s."
              .formatted(system, architecture, EmbeddedPostgresProblem.WAY_OUT));
    }
    // the programs for macOS run on both kinds of Mac, so one archive serves for both
    var archived = systemPart.equals("darwin") ? "arm_64" : architecturePart;
    return new PostgresArchive("/postgres-%s-%s.txz".formatted(systemPart, archived));
  }

  void unpackInto(Path directory) throws IOException {
    try (var packed = PostgresArchive.class.getResourceAsStream(resource)) {
      if (packed == null) {
        throw new EmbeddedPostgresProblem(
            "This build of WalletSync lacks %s; %s."
                .formatted(resource, EmbeddedPostgresProblem.WAY_OUT));
      }
      makeDirectory(directory);
      unpack(packed, directory);
    }
  }

  private static void unpack(InputStream packed, Path directory) throws IOException {
    try (var archive =
        new TarArchiveInputStream(new XZInputStream(new BufferedInputStream(packed)))) {
      for (var entry = archive.getNextEntry(); entry != null; entry = archive.getNextEntry()) {
        var target = directory.resolve(entry.getName()).normalize();
        if (!target.startsWith(directory)) {
          throw new IOException("the archive names a file outside itself: " + entry.getName());
        }
        write(entry, archive, directory, target);
      }
    }
  }

  private static void write(TarArchiveEntry entry, InputStream content, Path directory, Path target)
      throws IOException {
    makeDirectories(directory, entry.isDirectory() ? target : target.resolveSibling("."));
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
    } else if (entry.isLink()) {
      Files.createLink(target, directory.resolve(entry.getLinkName()).normalize());
    } else if (entry.isFile()) {
      Files.copy(content, target);
      Files.setPosixFilePermissions(target, (entry.getMode() & ANY_EXECUTE) == 0 ? PLAIN : OPEN);
    }
  }

  private static void makeDirectories(Path root, Path directory) throws IOException {
    var path = root;
    for (var name : root.relativize(directory.normalize())) {
      path = path.resolve(name);
      if (!Files.isDirectory(path)) {
        makeDirectory(path);
      }
    }
  }

  private static void makeDirectory(Path directory) throws IOException {
    Files.createDirectory(directory);
    // Whatever the umask: under root another user may have to run these files.
    Files.setPosixFilePermissions(directory, OPEN);
  }
}
