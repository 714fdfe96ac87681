package dev.errand.server.event;

import java.time.Duration;

/// Decides when a quiet connection needs a sign of life, so that neither side takes the other for
/// dead. Belongs to one connection.
final class KeepAlive {
  private final Duration every;
  private final String text;
  private long lastWritten = System.nanoTime();

  /// @param text what a reader ignores
  KeepAlive(Duration every, String text) {
    this.every = every;
    this.text = text;
  }

  boolean due() {
    return System.nanoTime() - lastWritten >= every.toNanos();
  }

  void written() {
    lastWritten = System.nanoTime();
  }

  String text() {
    return text;
  }
}
