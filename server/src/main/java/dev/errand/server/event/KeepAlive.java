package dev.errand.server.event;

import java.time.Duration;

/// Decides when a quiet connection needs a sign of life, so that neither side takes the other for
/// dead. Belongs to one connection.
final class KeepAlive {
  private final Duration every;
  private long lastWritten = System.nanoTime();

  KeepAlive(Duration every) {
    this.every = every;
  }

  boolean due() {
    return System.nanoTime() - lastWritten >= every.toNanos();
  }

  void written() {
    lastWritten = System.nanoTime();
  }
}
