package io.walletsync.server.config;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;

/** The master key of an installation on the embedded database, where none is configured. */
final class MasterKeyFile {
  private static final int KEY_BYTES = 32;

  private final Path path;

  MasterKeyFile(Path dataDirectory) {
    path = dataDirectory.resolve("master-key");
  }

  Optional<byte[]> read() {
    if (!Files.exists(path)) {
      return Optional.empty();
    }
    try {
      var key = Base64.getDecoder().decode(Files.readString(path).strip());
      if (key.length == KEY_BYTES) {
        return Optional.of(key);
      }
    } catch (IllegalArgumentException | CharacterCodingException _) {
      // falls through to the one sentence for every kind of damage
    } catch (IOException e) {
      throw new SettingsProblem(
          "The master key in "
              + path
              + " cannot be read: give the file to the user that runs WalletSync, or set"
              + " WALLETSYNC_MASTER_KEY.",
          e);
    }
    throw new SettingsProblem(
        "The master key in "
            + path
            + " is damaged: put back the file as it was, or set WALLETSYNC_MASTER_KEY.");
  }

  /** Makes a key, and has it on disk before it is used for anything. */
  byte[] generate() {
    var key = new byte[KEY_BYTES];
    new SecureRandom().nextBytes(key);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    var half = path.resolveSibling("master-key.new");
    try {
      Files.deleteIfExists(half);
      try (var file =
          FileChannel.open(
              half, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
        var text = Base64.getEncoder().encodeToString(key) + "\n";
        var bytes = ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
        while (bytes.hasRemaining()) {
          file.write(bytes);
        }
        file.force(true);
      }
      Files.move(half, path);
      try (var directory = FileChannel.open(path.resolveSibling("."))) {
        // a power cut must not lose the name either
        directory.force(true);
      }
    } catch (IOException e) {
      throw new SettingsProblem(
          "The master key cannot be kept in "
              + path
              + " ("
              + e
              + "): make room there, or set WALLETSYNC_DATA_DIR to another directory.",
          e);
    }
    return key;
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
