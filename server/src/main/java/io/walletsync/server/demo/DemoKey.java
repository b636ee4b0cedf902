package io.walletsync.server.demo;

import io.walletsync.core.access.OpaqueBytes;
import io.walletsync.server.config.SettingsProblem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret of the demo's API key, made once for each data directory. */
record DemoKey(OpaqueBytes secret) {
  private static final int BYTES = 32;

  static DemoKey in(Path dataDirectory) {
    var file = dataDirectory.resolve("demo-key");
    try {
      if (Files.exists(file)) {
        return new DemoKey(
            OpaqueBytes.of(Base64.getDecoder().decode(Files.readString(file).strip())));
      }
      Files.createDirectories(
          dataDirectory,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
      var secret = new byte[BYTES];
      new SecureRandom().nextBytes(secret);
      Files.createFile(
          file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      Files.writeString(file, Base64.getEncoder().encodeToString(secret) + "\n");
      return new DemoKey(OpaqueBytes.of(secret));
    } catch (IOException | IllegalArgumentException e) {
      throw new SettingsProblem(
          "The demo cannot use its key in "
              + file
              + "; remove that file, or set WALLETSYNC_DATA_DIR to another directory.",
          e);
    }
  }
}
