package dev.errand.cli.server;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/// A lock between the commands of one data directory, let go by the system when a command dies.
final class Door implements AutoCloseable {
  private final Path file;
  private final FileChannel channel;
  private @Nullable FileLock lock;

  Door(Path file) {
    this.file = file;
    try {
      this.channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /// Waits until no other command holds this lock.
  Door exclusively() {
    try {
      lock = channel.lock();
      return this;
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /// Waits until no other command holds this lock exclusively.
  Door shared() {
    try {
      lock = channel.lock(0, Long.MAX_VALUE, true);
      return this;
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  /// Lets go of what is held, and says whether any other command still holds this lock.
  boolean isLast() {
    try {
      release();
      lock = channel.tryLock();
      return lock != null;
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  @Override
  public void close() {
    try {
      release();
      channel.close();
    } catch (IOException e) {
      throw trouble(e);
    }
  }

  private void release() throws IOException {
    if (lock != null) {
      lock.release();
      lock = null;
    }
  }

  private Trouble trouble(IOException e) {
    return Trouble.here("The lock " + file + " cannot be had: " + e);
  }
}
