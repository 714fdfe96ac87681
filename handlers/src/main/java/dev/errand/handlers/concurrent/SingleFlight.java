package dev.errand.handlers.concurrent;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// Does work once for all who want it at the same time. Thread-safe.
public final class SingleFlight<T> {
  private final ConcurrentMap<String, CompletableFuture<T>> flights = new ConcurrentHashMap<>();

  /// The result of `work`, or of the work that another thread is doing under the same key.
  ///
  /// When that other thread is interrupted or fails, one of those who waited does the work itself:
  /// a failure may concern only the one whose work it was.
  ///
  /// @throws Exception what `work` throws, when it was done here
  public T run(String key, Callable<T> work) throws Exception {
    while (true) {
      CompletableFuture<T> mine = new CompletableFuture<>();
      CompletableFuture<T> theirs = flights.putIfAbsent(key, mine);
      if (theirs == null) {
        return lead(key, mine, work);
      }
      try {
        return theirs.get();
      } catch (ExecutionException | CancellationException _) {
        // They have no result for us: try again.
      }
    }
  }

  private T lead(String key, CompletableFuture<T> mine, Callable<T> work) throws Exception {
    try {
      T value = work.call();
      mine.complete(value);
      return value;
    } finally {
      flights.remove(key, mine);
      mine.cancel(false);
    }
  }
}
