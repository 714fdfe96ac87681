package dev.errand.postgres;

import dev.errand.engine.task.StoreUnavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Lets concurrent calls share a statement and its commit: while some are being written, the next
/// ones gather. Thread-safe.
///
/// The writing threads are its own, so that a caller who is interrupted cuts nobody's connection,
/// and platform threads, which handlers that compute cannot starve. They come and go with the work.
///
/// @param <T> what a caller wants written
/// @param <R> what the caller is told
final class GroupCommit<T, R> {
  private static final int WRITERS = 2;
  private static final int MANY = 8;

  private final int most;
  private final Function<List<T>, List<R>> write;
  private final BlockingQueue<Call<T, R>> waiting = new LinkedBlockingQueue<>();
  private final AtomicInteger writing = new AtomicInteger();
  private final ThreadPoolExecutor threads;

  /// @param most how many calls share one
  /// @param write writes all of a list or throws; answers in the same order
  GroupCommit(String name, int most, Function<List<T>, List<R>> write) {
    this.most = most;
    this.write = write;
    this.threads =
        new ThreadPoolExecutor(
            WRITERS,
            WRITERS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> thread(name, task));
    threads.allowCoreThreadTimeOut(true);
  }

  private static Thread thread(String name, Runnable task) {
    Thread thread = Thread.ofPlatform().daemon().name(name).unstarted(task);
    // Whoever happened to call first need not be kept in memory for it.
    thread.setContextClassLoader(ClassLoader.getSystemClassLoader());
    return thread;
  }

  private record Call<T, R>(T what, CompletableFuture<R> answer) {}

  /// Waits until `what` is written, whatever interrupts arrive meanwhile.
  ///
  /// @throws RuntimeException what the write threw for a list with `what` in it: either nothing but
  ///   it, or a store that is away
  R call(T what) {
    Call<T, R> call = new Call<>(what, new CompletableFuture<>());
    waiting.add(call);
    startWriter();
    try {
      return call.answer().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException known ? known : e;
    }
  }

  private void startWriter() {
    int useful = waiting.size() < MANY ? 1 : WRITERS;
    if (writing.getAndUpdate(now -> Math.max(now, Math.min(now + 1, useful))) < useful) {
      try {
        threads.execute(this::writeAll);
      } catch (RuntimeException | Error e) {
        writing.decrementAndGet(); // no thread could be had; the next caller tries again
        throw e;
      }
    }
  }

  private void writeAll() {
    List<Call<T, R>> batch = new ArrayList<>();
    while (waiting.drainTo(batch, most) > 0) {
      write(batch);
      batch.clear();
    }
    writing.decrementAndGet();
    // Somebody may have come after the last look and found every writer busy.
    if (!waiting.isEmpty()) {
      startWriter();
    }
  }

  private void write(List<Call<T, R>> batch) {
    try {
      List<R> answers = write.apply(batch.stream().map(Call::what).toList());
      for (int i = 0; i < batch.size(); i++) {
        batch.get(i).answer().complete(answers.get(i));
      }
    } catch (StoreUnavailable e) {
      batch.forEach(call -> call.answer().completeExceptionally(e));
    } catch (Throwable e) {
      if (batch.size() == 1) {
        batch.getFirst().answer().completeExceptionally(e);
      } else {
        // The store takes none of them because of one: each must answer for itself.
        batch.forEach(call -> write(List.of(call)));
      }
    }
  }
}
