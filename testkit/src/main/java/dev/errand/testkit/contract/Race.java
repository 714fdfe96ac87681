package dev.errand.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets threads loose on one thing at the same moment.
public final class Race {
  private static final long PATIENCE_SECONDS = 60;

  private Race() {}

  /// Runs `racers` at once, each on a virtual thread of its own.
  ///
  /// @return what they returned, in the order of the racers
  /// @throws Exception the first that a racer threw, or when one needs more than a minute
  public static <T> List<T> between(List<? extends Callable<T>> racers) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<T>> running = new ArrayList<>();
      for (Callable<T> racer : racers) {
        running.add(
            threads.submit(() -> {
              start.await();
              return racer.call();
            }));
      }
      start.countDown();
      return results(running, threads);
    }
  }

  private static <T> List<T> results(List<Future<T>> running, ExecutorService threads)
      throws Exception {
    List<T> results = new ArrayList<>();
    try {
      for (Future<T> racer : running) {
        results.add(racer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (TimeoutException e) {
      throw new AssertionError("A racer did not reach its end", e);
    } finally {
      threads.shutdownNow();
    }
  }
}
