package dev.errand.handlers.reuse;

import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;

/// Does once what several want at the same time. Thread-safe.
public final class SingleFlight<T> {
  private final ConcurrentMap<String, CompletableFuture<T>> flights = new ConcurrentHashMap<>();

  /// What `work` returns, or what it returns to somebody else who wanted the same before.
  ///
  /// Whoever does the work may be stopped at it, or may not be allowed to do it; then the next one
  /// does it for himself.
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
        // They had no answer for us.
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
