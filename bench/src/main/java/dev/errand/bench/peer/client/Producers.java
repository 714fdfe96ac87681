package dev.errand.bench.peer.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

/// Enqueues jobs as ordered: first those of the warm-up, and on a word of the driver the others.
final class Producers {
  private static final int THREADS = 16;
  private static final int BULK_THREADS = 4;
  private static final int BULK_SIZE = 1_000;
  private static final long PERIOD_NANOS = 20_000_000;

  private final JobQueue queue;
  private final Orders orders;
  private final Driver driver;

  Producers(JobQueue queue, Orders orders, Driver driver) {
    this.queue = queue;
    this.orders = orders;
    this.driver = driver;
  }

  void run() throws Exception {
    boolean bulk = orders.pace() == Pace.BULK;
    enqueue(0, orders.warmUp(), bulk);
    driver.say("producer-ready", Map.of());
    driver.await("go");
    if (orders.pace() == Pace.PACED) {
      enqueuePaced();
      return;
    }
    long begin = System.nanoTime();
    enqueue(orders.warmUp(), orders.warmUp() + orders.jobs(), bulk);
    driver.say("produced", Map.of("begin", begin, "end", System.nanoTime()));
  }

  private void enqueuePaced() throws Exception {
    long[] returned = new long[orders.jobs()];
    long begin = System.nanoTime();
    for (int i = 0; i < returned.length; i++) {
      for (long wait = 1; wait > 0; ) {
        wait = begin + i * PERIOD_NANOS - System.nanoTime();
        Thread.sleep(Math.max(0, wait / 1_000_000), (int) (Math.max(0, wait) % 1_000_000));
      }
      queue.enqueue(orders.warmUp() + i);
      returned[i] = System.nanoTime();
    }
    driver.say(
        "produced",
        Map.of("begin", begin, "end", System.nanoTime(), "returned", Message.list(returned)));
  }

  /// Enqueues the jobs from `begin` up to `end` by threads that take the next ones in turn.
  private void enqueue(int begin, int end, boolean bulk) throws Exception {
    AtomicInteger next = new AtomicInteger(begin);
    int threads = bulk ? BULK_THREADS : THREADS;
    List<Future<?>> producers = new ArrayList<>();
    try (ExecutorService executor = Executors.newFixedThreadPool(threads)) {
      for (int i = 0; i < threads; i++) {
        producers.add(
            executor.submit(() -> {
              if (bulk) {
                enqueueBatches(next, end);
              } else {
                enqueueSingles(next, end);
              }
              return null;
            }));
      }
    }
    for (Future<?> producer : producers) {
      producer.get();
    }
  }

  private void enqueueSingles(AtomicInteger next, int end) throws Exception {
    for (int job = next.getAndIncrement(); job < end; job = next.getAndIncrement()) {
      queue.enqueue(job);
    }
  }

  private void enqueueBatches(AtomicInteger next, int end) throws Exception {
    for (int job = next.getAndAdd(BULK_SIZE); job < end; job = next.getAndAdd(BULK_SIZE)) {
      queue.enqueueAll(IntStream.range(job, Math.min(end, job + BULK_SIZE)).boxed().toList());
    }
  }
}
