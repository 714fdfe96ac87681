package dev.errand.engine.worker;

import dev.errand.engine.lease.Lease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Attempts that run while their tasks are only held: those that are complete when the hold is
/// settled cost one write, the others are leased by it. Thread-safe.
final class HeldBatch {
  /// How long others, who cannot see the tasks, wait for them at most.
  private static final Duration LONGEST = Duration.ofMillis(25);

  /// How long it lasts in any case when other work is waiting.
  private static final Duration SHORTEST = Duration.ofMillis(3);

  private enum State {
    OPEN,
    SETTLING,
    SETTLED
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Set<RunningAttempt> running = new LinkedHashSet<>();
  private final Map<Lease, String> completed = new LinkedHashMap<>();
  private final long begunNanos = System.nanoTime();
  private long lastsNanos = LONGEST.toNanos();
  private State state = State.OPEN;
  private Set<UUID> leased = Set.of();

  /// What is to be written.
  ///
  /// @param completed results by lease
  record Settlement(Map<Lease, String> completed, List<Lease> kept) {}

  void add(RunningAttempt attempt) {
    lock.lock();
    try {
      running.add(attempt);
    } finally {
      lock.unlock();
    }
  }

  /// Takes the result of an attempt, which has nothing else to write; false when it comes too late.
  boolean complete(RunningAttempt attempt, String result) {
    lock.lock();
    try {
      if (state != State.OPEN) {
        return false;
      }
      running.remove(attempt);
      completed.put(attempt.lease(), result);
      if (running.isEmpty()) {
        changed.signalAll();
      }
      return true;
    } finally {
      lock.unlock();
    }
  }

  /// Waits until `attempt` is leased, which is done at once; false when it is not.
  boolean lease(RunningAttempt attempt) {
    lock.lock();
    try {
      lastsNanos = 0;
      changed.signalAll();
      while (state != State.SETTLED) {
        changed.awaitUninterruptibly();
      }
      return leased.contains(attempt.lease().token());
    } finally {
      lock.unlock();
    }
  }

  /// Other work is waiting.
  void hurry() {
    lock.lock();
    try {
      lastsNanos = Math.min(lastsNanos, SHORTEST.toNanos());
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /// How long the hold may still last, zero when it is over.
  long nanosLeft() {
    lock.lock();
    try {
      return Math.max(0, lastsNanos - (System.nanoTime() - begunNanos));
    } finally {
      lock.unlock();
    }
  }

  /// Waits until all attempts are complete or the hold has lasted long enough.
  void await() throws InterruptedException {
    lock.lock();
    try {
      while (!running.isEmpty() && nanosLeft() > 0) {
        changed.awaitNanos(nanosLeft());
      }
    } finally {
      lock.unlock();
    }
  }

  /// From now on nothing is taken any more.
  Settlement settle() {
    lock.lock();
    try {
      state = State.SETTLING;
      List<Lease> kept = new ArrayList<>();
      running.forEach(attempt -> kept.add(attempt.lease()));
      return new Settlement(completed, kept);
    } finally {
      lock.unlock();
    }
  }

  /// The hold was settled. Attempts that run on without a lease are told to stop.
  void settled(List<Lease> leases) {
    Set<UUID> tokens = new LinkedHashSet<>();
    leases.forEach(lease -> tokens.add(lease.token()));
    lock.lock();
    try {
      leased = tokens;
      state = State.SETTLED;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    running.stream()
        .filter(attempt -> !tokens.contains(attempt.lease().token()))
        .forEach(attempt -> attempt.stop(StopReason.LEASE_LOST));
  }
}
