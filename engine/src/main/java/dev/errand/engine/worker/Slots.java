package dev.errand.engine.worker;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/// A worker's room for attempts, and those that are in it. Thread-safe.
final class Slots {
  private final int all;
  private final Semaphore free;

  /// Two may run under one lease: when the answer to a claim was lost, the lease comes again while
  /// the first attempt has not stopped yet.
  private final Set<RunningAttempt> running = ConcurrentHashMap.newKeySet();

  Slots(int all) {
    this.all = all;
    this.free = new Semaphore(all);
  }

  int all() {
    return all;
  }

  int room() {
    return free.availablePermits();
  }

  void awaitFree() throws InterruptedException {
    free.acquire();
    free.release();
  }

  /// Waits for a slot and keeps it for an attempt, which is then to be [#put] there.
  void keep() throws InterruptedException {
    free.acquire();
  }

  boolean tryKeep() {
    return free.tryAcquire();
  }

  boolean tryKeep(long nanos) throws InterruptedException {
    return free.tryAcquire(nanos, TimeUnit.NANOSECONDS);
  }

  /// Puts the attempt in a slot that was kept for it. From now on its lease, should there be one,
  /// is known to be run.
  RunningAttempt put(RunningAttempt attempt) {
    running.add(attempt);
    return attempt;
  }

  /// Frees the attempt's slot, once. One that was recorded has no slot any more, even where its
  /// handler has not stopped.
  void free(RunningAttempt attempt) {
    if (running.remove(attempt)) {
      free.release();
    }
  }

  Collection<RunningAttempt> running() {
    return running;
  }

  Set<UUID> tokens() {
    return running.stream()
        .map(attempt -> attempt.lease().token())
        .collect(Collectors.toUnmodifiableSet());
  }

  /// True when every slot was free within `limit`.
  boolean awaitIdle(Duration limit) {
    try {
      if (free.tryAcquire(all, limit.toMillis(), TimeUnit.MILLISECONDS)) {
        free.release(all);
        return true;
      }
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
