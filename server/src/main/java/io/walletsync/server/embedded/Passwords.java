package io.walletsync.server.embedded;

import io.walletsync.server.embedded.EmbeddedPostgres.Login;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Properties;
import java.util.Set;

/**
 * The generated logins of one cluster, kept for the owner's eyes only. They are on the disk before
 * the cluster exists, so that a cluster never outlives a crash without them.
 */
record Passwords(Login superuser, Login owner, Login application) {
  private static final String SUPERUSER = "postgres";
  private static final String OWNER = "walletsync_owner";
  private static final String APPLICATION = "walletsync_app";
  private static final int PASSWORD_BYTES = 32;
  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  static Passwords readOrGenerate(DataDirectory directory) throws IOException {
    if (Files.exists(directory.passwords())) {
      return read(directory);
    }
    if (Files.exists(directory.cluster())) {
      throw unusable(directory);
    }
    var random = new SecureRandom();
    var passwords =
        new Passwords(
            generate(SUPERUSER, random), generate(OWNER, random), generate(APPLICATION, random));
    var unfinished = directory.unfinished(directory.passwords());
    writeSecret(unfinished, passwords.lines());
    directory.finish(unfinished, directory.passwords());
    return passwords;
  }

  /** Writes a file that only its owner can read from its first byte on. */
  static void writeSecret(Path file, String content) throws IOException {
    Files.createFile(file, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
    Files.writeString(file, content);
    DataDirectory.force(file);
  }

  static EmbeddedPostgresProblem unusable(DataDirectory directory) {
    return new EmbeddedPostgresProblem(
        "The passwords in "
            + directory.passwords()
            + " do not open the database in "
            + directory.cluster()
            + "; bring that file back from a backup.");
  }

  private static Passwords read(DataDirectory directory) throws IOException {
    Files.setPosixFilePermissions(directory.passwords(), OWNER_ONLY);
    var stored = new Properties();
    try (var reader = Files.newBufferedReader(directory.passwords())) {
      stored.load(reader);
    } catch (IllegalArgumentException | CharacterCodingException e) {
      throw unusable(directory);
    }
    return new Passwords(
        login(SUPERUSER, stored, directory),
        login(OWNER, stored, directory),
        login(APPLICATION, stored, directory));
  }

  private static Login login(String user, Properties stored, DataDirectory directory) {
    var password = stored.getProperty(user);
    if (password == null || password.isBlank()) {
      throw unusable(directory);
    }
    return new Login(user, password);
  }

  private static Login generate(String user, SecureRandom random) {
    var password = new byte[PASSWORD_BYTES];
    random.nextBytes(password);
    return new Login(user, Base64.getUrlEncoder().withoutPadding().encodeToString(password));
  }

  private String lines() {
    return line(superuser) + line(owner) + line(application);
  }

  private static String line(Login login) {
    return login.user() + "=" + login.password() + "\n";
  }
}
