package dev.errand.handlers.concurrent;

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

/// Work on many items at once.
public final class InParallel {
  private static final int THREADS = Math.clamp(Runtime.getRuntime().availableProcessors(), 1, 4);

  private InParallel() {}

  @FunctionalInterface
  public interface Work<T> {
    void on(T item) throws IOException;
  }

  /// Works on each item once, on as many threads as keep the processors busy; returns when all are
  /// done or one failed.
  ///
  /// @param done hears how many items are finished, from several threads
  /// @throws InterruptedException after the items that were begun are finished: an interrupt of the
  ///   threads that work would close an index's files under its writer
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

  /// The results of calls that mostly wait, in the order of the calls. Makes at most `atOnce` of
  /// them at the same time, each on a virtual thread, and returns when all have ended.
  ///
  /// An unchecked exception of a call is thrown here, that of the first call where there are
  /// several.
  ///
  /// @throws InterruptedException after all calls were interrupted and have ended
  /// @throws IllegalStateException when a call throws a checked exception
  public static <T> List<T> call(List<? extends Callable<T>> calls, int atOnce)
      throws InterruptedException {
    var results = new ArrayList<T>();
    try (var pool = Executors.newFixedThreadPool(atOnce, Thread.ofVirtual().factory())) {
      for (var result : pool.invokeAll(calls)) {
        results.add(result.get());
      }
      return results;
    } catch (ExecutionException e) {
      switch (e.getCause()) {
        case InterruptedException interrupted -> throw interrupted;
        case RuntimeException thrown -> throw thrown;
        case Error thrown -> throw thrown;
        case null, default -> throw new IllegalStateException(e.getCause());
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
