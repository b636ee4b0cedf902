package io.walletsync.server.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * At most one live WalletSync uses a data directory: a lock of the operating system, which ends
 * with its process however that dies, on a file that holds the process id.
 */
final class DataDirectoryLock implements AutoCloseable {
  /**
   * The directories locked by this process. Asked before the file is opened, because closing any
   * channel on a file drops every lock the process has on it.
   */
  private static final Set<Object> HELD = ConcurrentHashMap.newKeySet();

  private final Object key;
  private final FileChannel channel;

  private DataDirectoryLock(Object key, FileChannel channel) {
    this.key = key;
    this.channel = channel;
  }

  static DataDirectoryLock acquire(DataDirectory directory) throws IOException {
    var attributes = Files.readAttributes(directory.path(), BasicFileAttributes.class);
    var key = Objects.requireNonNullElse(attributes.fileKey(), directory.path());
    if (!HELD.add(key)) {
      throw inUse(directory, ownPid());
    }
    try {
      return new DataDirectoryLock(key, lock(directory));
    } catch (IOException | RuntimeException e) {
      HELD.remove(key);
      throw e;
    }
  }

  private static FileChannel lock(DataDirectory directory) throws IOException {
    var channel =
        FileChannel.open(
            directory.lockFile(),
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try {
      if (channel.tryLock() == null) {
        throw inUse(directory, readPid(channel));
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap((ownPid() + "\n").getBytes(StandardCharsets.US_ASCII)), 0);
      return channel;
    } catch (OverlappingFileLockException e) {
      channel.close();
      throw inUse(directory, ownPid());
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static String readPid(FileChannel channel) throws IOException {
    var content = ByteBuffer.allocate(20);
    channel.read(content, 0);
    return new String(content.array(), 0, content.position(), StandardCharsets.US_ASCII).strip();
  }

  private static String ownPid() {
    return Long.toString(ProcessHandle.current().pid());
  }

  private static EmbeddedPostgresProblem inUse(DataDirectory directory, String pid) {
    return new EmbeddedPostgresProblem(
        "Another WalletSync "
            + (pid.isEmpty() ? "" : "(process " + pid + ") ")
            + "is using "
            + directory.path()
            + "; stop it or set WALLETSYNC_DATA_DIR to another directory.");
  }

  /** Releases the lock; the file stays, because removing it would race with the next start. */
  @Override
  public void close() throws IOException {
    try {
      channel.truncate(0);
    } finally {
      channel.close();
      HELD.remove(key);
    }
  }
}
