package io.walletsync.server.embedded;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How to start PostgreSQL's programs so that they do not see themselves as root, which they refuse.
 *
 * @param prefix the words to put before each command; none for an ordinary user
 * @param uid the owner, outside of any user namespace, of the files PostgreSQL writes
 */
record RunAs(List<String> prefix, long uid) {
  private static final long ROOT = 0;
  private static final long NOBODY = 65534;

  static RunAs forThisProcess(DataDirectory directory) throws IOException {
    var self = new UnixSystem().getUid();
    var clusterExists = Files.exists(directory.cluster());
    var owner = uid(clusterExists ? directory.cluster() : directory.path());
    if (self != ROOT) {
      return ordinaryUser(self, owner, clusterExists, directory);
    }
    if (owner != ROOT) {
      return changed(owner, directory);
    }
    // In a new user namespace root is nobody to itself and still the owner of its files.
    var namespace = new RunAs(List.of("unshare", "-U"), ROOT);
    if (namespace.reaches(directory.path())) {
      return namespace;
    }
    if (clusterExists) {
      throw root(directory);
    }
    return nobody(directory);
  }

  /** Gives a file to the user PostgreSQL runs as. */
  void own(Path file) throws IOException {
    if (uid(file) != uid) {
      Files.setAttribute(file, "unix:uid", (int) uid);
    }
  }

  List<String> command(Path program, List<String> arguments) {
    var command = new ArrayList<>(prefix);
    command.add(program.toString());
    command.addAll(arguments);
    return command;
  }

  private static RunAs ordinaryUser(
      long self, long owner, boolean clusterExists, DataDirectory directory) {
    if (clusterExists && owner != self) {
      throw new EmbeddedPostgresProblem(
          """
          %s belongs to another user (uid %d); start WalletSync as that user or set \
          WALLETSYNC_DATA_DIR to another directory."""
              .formatted(directory.cluster(), owner));
    }
    return new RunAs(List.of(), self);
  }

  private static RunAs changed(long uid, DataDirectory directory) {
    var changed =
        new RunAs(List.of("setpriv", "--reuid=" + uid, "--regid=" + uid, "--clear-groups"), uid);
    if (!changed.reaches(directory.path())) {
      throw root(directory);
    }
    return changed;
  }

  /** Where containers forbid user namespaces: a user without rights, who must own the directory. */
  static RunAs nobody(DataDirectory directory) throws IOException {
    Files.setAttribute(directory.path(), "unix:uid", (int) NOBODY);
    try {
      return changed(NOBODY, directory);
    } catch (EmbeddedPostgresProblem e) {
      Files.setAttribute(directory.path(), "unix:uid", (int) ROOT);
      throw e;
    }
  }

  private boolean reaches(Path directory) {
    var command = new ArrayList<>(prefix);
    command.addAll(List.of("test", "-w", directory.toString()));
    try {
      return new ProcessBuilder(command)
              .redirectInput(Redirect.from(Path.of("/dev/null").toFile()))
              .redirectOutput(Redirect.DISCARD)
              .redirectError(Redirect.DISCARD)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false; // The program does not exist here.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static long uid(Path file) throws IOException {
    return Integer.toUnsignedLong((int) Files.getAttribute(file, "unix:uid"));
  }

  private static EmbeddedPostgresProblem root(DataDirectory directory) {
    return new EmbeddedPostgresProblem(
        """
        PostgreSQL does not run as root, and neither a user namespace (unshare -U) nor a change of \
        user (setpriv) gives it the use of %s on this machine; start WalletSync as an ordinary \
        user, set WALLETSYNC_DATA_DIR to a new directory that other users reach, or %s."""
            .formatted(directory.path(), EmbeddedPostgresProblem.WAY_OUT));
  }
}
