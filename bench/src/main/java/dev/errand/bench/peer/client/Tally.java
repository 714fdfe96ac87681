package dev.errand.bench.peer.client;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.function.IntConsumer;

/// Counts jobs as they reach the handler, and says when the warm-up and when all is over. It is
/// over when the store says so: results that are written later, many at once, count.
final class Tally implements IntConsumer {
  /// The number of jobs that only take room.
  static final int UNCOUNTED = -1;

  private final Orders orders;
  private final Driver driver;
  private final int total;
  private final AtomicInteger calls = new AtomicInteger();
  private final AtomicInteger repeats = new AtomicInteger();
  private final AtomicIntegerArray seen;
  private final long[] started;
  private final CountDownLatch all = new CountDownLatch(1);

  Tally(Orders orders, Driver driver) {
    this.orders = orders;
    this.driver = driver;
    this.total = orders.warmUp() + orders.jobs();
    this.seen = new AtomicIntegerArray(total);
    this.started = new long[total];
  }

  /// Called first of all by every handler.
  @Override
  public void accept(int job) {
    if (job == UNCOUNTED) {
      return;
    }
    long now = System.nanoTime();
    if (job < total) {
      if (seen.getAndIncrement(job) > 0) {
        repeats.incrementAndGet();
        return;
      }
      started[job] = now;
    }
    int call = calls.incrementAndGet();
    if (call == orders.warmUp()) {
      driver.say("warm", Map.of("at", now));
    }
    if (call == total) {
      driver.say("handled", Map.of("at", now));
      all.countDown();
    }
  }

  /// Waits until all jobs are recorded as finished.
  void awaitEnd(JobQueue queue) throws Exception {
    all.await();
    while (queue.unfinished() > 0) {
      Thread.sleep(5);
    }
    long end = System.nanoTime();
    String starts = orders.pace() == Pace.PACED ? Message.list(startsOfMeasured()) : "";
    driver.say("worked", Map.of("end", end, "repeats", repeats.get(), "started", starts));
  }

  private long[] startsOfMeasured() {
    return Arrays.copyOfRange(started, orders.warmUp(), total);
  }
}
