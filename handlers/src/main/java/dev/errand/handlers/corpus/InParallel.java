package dev.errand.handlers.corpus;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;

/// Work on many items that keeps the processors busy.
public final class InParallel {
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

  private InParallel() {}

  @FunctionalInterface
  public interface Work<T> {
    void on(T item) throws IOException;
  }

  /// Works on each item once and returns when all are done or one failed.
  ///
  /// @param done hears how many items are finished, from several threads
  /// @throws InterruptedException after the items that were begun are finished; the threads that
  ///   work are never interrupted, because that would close an index's files under its writer
  public static <T> void forEach(List<T> items, Work<T> work, IntConsumer done)
      throws IOException, InterruptedException {
    var next = new AtomicInteger();
    var finished = new AtomicInteger();
    var stopped = new AtomicBoolean();
    Callable<Void> some =
        () -> {
          for (int i = next.getAndIncrement();
              i < items.size() && !stopped.get();
              i = next.getAndIncrement()) {
            work.on(items.get(i));
            done.accept(finished.incrementAndGet());
          }
          return null;
        };
    try (var pool = Executors.newFixedThreadPool(THREADS)) {
      var parts = new ArrayList<Future<Void>>();
      for (int i = 0; i < Math.min(THREADS, items.size()); i++) {
        parts.add(pool.submit(some));
      }
      try {
        for (var part : parts) {
          part.get();
        }
      } catch (ExecutionException e) {
        throw asIs(e);
      } finally {
        stopped.set(true);
      }
    }
  }

  private static IOException asIs(ExecutionException failure) {
    return switch (failure.getCause()) {
      case IOException e -> e;
      case RuntimeException e -> throw e;
      case Error e -> throw e;
      case null, default -> throw new IllegalStateException(failure);
    };
  }
}
