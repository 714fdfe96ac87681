package dev.errand.handlers.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/// A lock against other processes, held until closed: a lock on a file, which the operating system
/// releases when the process dies.
final class ProcessLock implements Closeable {
  private final FileChannel channel;

  private ProcessLock(FileChannel channel) {
    this.channel = channel;
  }

  /// Waits until no other process holds the lock. Threads of one process must not compete.
  static ProcessLock acquire(Path file) throws IOException {
    if (file.getParent() instanceof Path parent) {
      Files.createDirectories(parent);
    }
    var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      channel.lock();
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
    return new ProcessLock(channel);
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
