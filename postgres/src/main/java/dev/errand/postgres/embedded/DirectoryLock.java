package dev.errand.postgres.embedded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// The right to run a PostgreSQL in a directory: one process of this machine has it, and the system
/// takes it back when that process ends, however it ends.
final class DirectoryLock implements AutoCloseable {
  /// What this process holds. Asking the system again would lose the lock: it drops a process's
  /// lock on a file as soon as the process closes any of its channels to that file.
  private static final Set<Path> HELD = ConcurrentHashMap.newKeySet();

  private final Path directory;
  private final FileChannel channel;

  private DirectoryLock(Path directory, FileChannel channel) {
    this.directory = directory;
    this.channel = channel;
  }

  static DirectoryLock take(Path directory) throws IOException {
    Path held = directory.toRealPath();
    String us = String.valueOf(ProcessHandle.current().pid());
    if (!HELD.add(held)) {
      throw taken(held, us);
    }
    try {
      return new DirectoryLock(held, lockedChannel(held, us));
    } catch (IOException | RuntimeException failure) {
      HELD.remove(held);
      throw failure;
    }
  }

  private static FileChannel lockedChannel(Path directory, String us) throws IOException {
    Path file = directory.resolve("lock");
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw taken(directory, Files.readString(file).strip());
      }
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(us.getBytes(StandardCharsets.US_ASCII)));
      return channel;
    } catch (IOException | RuntimeException failure) {
      channel.close();
      throw failure;
    }
  }

  private static EmbeddedPostgresException taken(Path directory, String holder) {
    return new EmbeddedPostgresException(
        "Process %s already runs a PostgreSQL in %s. Stop it first, or give this one another ERRAND_DATA_DIR."
            .formatted(holder, directory));
  }

  @Override
  public void close() throws IOException {
    channel.close();
    HELD.remove(directory);
  }
}
