package dev.errand.bench;

import java.io.IOException;
import java.time.Duration;

/// Looks at the memory of a server again and again, until it is closed.
final class PeakMemory implements AutoCloseable {
  private static final Duration INTERVAL = Duration.ofMillis(200);

  private final RunningServer server;
  private final Thread thread;
  private volatile double peak;

  private PeakMemory(RunningServer server) {
    this.server = server;
    this.thread = Thread.ofPlatform().name("peak-memory").unstarted(this::look);
  }

  static PeakMemory of(RunningServer server) {
    PeakMemory memory = new PeakMemory(server);
    memory.thread.start();
    return memory;
  }

  /// The most that was seen.
  double megabytes() {
    return peak;
  }

  private void look() {
    try {
      while (true) {
        peak = Math.max(peak, server.megabytes());
        Thread.sleep(INTERVAL);
      }
    } catch (InterruptedException | IOException _) {
      // Closed, or the server has ended.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
