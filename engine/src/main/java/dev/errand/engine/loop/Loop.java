package dev.errand.engine.loop;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Something that is done again and again on a platform thread of its own and survives every error.
public final class Loop implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Loop.class);

  private final String name;
  private final Duration afterError;
  private final Round round;
  private final Thread thread;
  private volatile boolean closed;
  private volatile boolean healthy = true;

  /// One round; may block.
  public interface Round {
    void run() throws InterruptedException;
  }

  /// @param afterError how long to wait after a round that failed
  public Loop(String name, Duration afterError, Round round) {
    this.name = name;
    this.afterError = afterError;
    this.round = round;
    this.thread = Thread.ofPlatform().daemon().name(name).unstarted(this::run);
  }

  /// Does `round` for the first time after `first`, and then once in every `every` from the end of
  /// the one before.
  ///
  /// @param afterError how long to wait after a round that failed
  public static Loop every(
      String name, Duration first, Duration every, Duration afterError, Round round) {
    return new Loop(name, afterError, new Seldom(first, every, round));
  }

  /// A round that waits for its time.
  private static final class Seldom implements Round {
    private final Duration every;
    private final Round round;
    private long nextNanos;

    Seldom(Duration first, Duration every, Round round) {
      this.every = every;
      this.round = round;
      this.nextNanos = System.nanoTime() + first.toNanos();
    }

    @Override
    public void run() throws InterruptedException {
      long left = nextNanos - System.nanoTime();
      if (left > 0) {
        Thread.sleep(Duration.ofNanos(left));
      }
      round.run();
      nextNanos = System.nanoTime() + every.toNanos();
    }
  }

  public void start() {
    thread.start();
  }

  /// Whether the last round went well.
  public boolean healthy() {
    return healthy && thread.isAlive();
  }

  private void run() {
    while (!closed) {
      try {
        round.run();
        healthy = true;
      } catch (InterruptedException _) {
        // Only close() interrupts.
      } catch (Throwable e) {
        failed(e);
      }
    }
  }

  private void failed(Throwable e) {
    if (healthy && !closed) {
      log.atWarn()
          .addKeyValue("event", "loop_failed")
          .log("{} goes on after: {}", name, e.toString());
    }
    healthy = false;
    log.debug("{} failed", name, e);
    try {
      Thread.sleep(afterError);
    } catch (InterruptedException _) {
      // Only close() interrupts.
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
    try {
      thread.join(Duration.ofSeconds(2));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
