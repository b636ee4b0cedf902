package io.walletsync.bench;

import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The files of an installation and the processes that write them: all of them are gone when it is
 * closed, and when this program ends, however it is ended.
 */
final class Workplace implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final Path path;
  private final Deque<ChildProcess> children = new ConcurrentLinkedDeque<>();
  private final Thread atExit = Thread.ofPlatform().unstarted(this::clear);

  private Workplace(Path path) {
    this.path = path;
    Runtime.getRuntime().addShutdownHook(atExit);
  }

  /**
   * Makes a new one.
   *
   * @param parent null for the directory for temporary files
   */
  static Workplace in(@Nullable Path parent) throws IOException {
    var path =
        parent == null
            ? Files.createTempDirectory("walletsync-bench")
            : Files.createTempDirectory(parent, "walletsync-bench");
    // PostgreSQL that is started by root may run as another user, who must reach its data
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    return new Workplace(path);
  }

  Path file(String name) {
    return path.resolve(name);
  }

  ChildProcess startJava(List<String> arguments, Map<String, String> environment, String log)
      throws IOException {
    var child = ChildProcess.java(arguments, environment, file(log));
    children.push(child);
    return child;
  }

  @Override
  public void close() {
    clear();
    try {
      Runtime.getRuntime().removeShutdownHook(atExit);
    } catch (IllegalStateException e) {
      // the program is ending already
    }
  }

  /** The youngest process first: the server needs its stub until the end. */
  private synchronized void clear() {
    children.forEach(ChildProcess::stop);
    try {
      if (Files.exists(path)) {
        stopDatabase();
        remove();
      }
    } catch (IOException e) {
      System.err.println("walletsync bench: could not remove " + path + ": " + e);
    }
  }

  /** A server that is ended while it starts leaves its database to the next one. */
  private void stopDatabase() throws IOException {
    var data = file("data");
    if (!Files.isDirectory(data)) {
      return;
    }
    try (var files = Files.newDirectoryStream(data, "postgres-[0-9]*")) {
      for (var cluster : files) {
        var file = cluster.resolve("postmaster.pid");
        if (Files.exists(file)) {
          var pid = Long.parseLong(Files.readAllLines(file).getFirst().strip());
          ProcessHandle.of(pid)
              .ifPresent(
                  postmaster -> {
                    postmaster.destroy();
                    postmaster.onExit().orTimeout(PATIENCE_SECONDS, TimeUnit.SECONDS).join();
                  });
        }
      }
    }
  }

  private void remove() throws IOException {
    Files.walkFileTree(
        path,
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
}
