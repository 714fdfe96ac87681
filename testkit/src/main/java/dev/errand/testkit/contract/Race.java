package dev.errand.testkit.contract;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets threads loose on one thing at the same moment.
public final class Race {
  private static final long PATIENCE_SECONDS = 60;

  private Race() {}

  /// Runs `racers` at once, each on a virtual thread of its own.
  ///
  /// @return what they returned, in the order of the racers
  /// @throws Exception when a racer threw, or needed more than a minute; those that still run are
  ///   interrupted and left behind
  public static <T> List<T> between(List<? extends Callable<T>> racers) throws Exception {
    CountDownLatch start = new CountDownLatch(1);
    List<FutureTask<T>> running = new ArrayList<>();
    for (Callable<T> racer : racers) {
      FutureTask<T> task =
          new FutureTask<>(() -> {
            start.await();
            return racer.call();
          });
      Thread.startVirtualThread(task);
      running.add(task);
    }
    start.countDown();
    return results(running);
  }

  private static <T> List<T> results(List<FutureTask<T>> running) throws Exception {
    List<T> results = new ArrayList<>();
    try {
      for (FutureTask<T> racer : running) {
        results.add(racer.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
      }
      return results;
    } catch (TimeoutException e) {
      throw new AssertionError("A racer did not reach its end", e);
    } finally {
      running.forEach(racer -> racer.cancel(true));
    }
  }
}
