package dev.errand.engine.worker;

import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Under which a worker claims: opened when it is needed, kept alive by heartbeats, and opened anew
/// when it was declared dead. What it hears with a heartbeat it passes on to its attempts.
/// Thread-safe.
final class Registration {
  private static final Logger log = LoggerFactory.getLogger(Registration.class);

  /// A worker whose connection was cut notices at its next heartbeat. Twice that time, and the
  /// pause after an error, must be less than the silence after which others declare it dead.
  private static final Duration HEARTBEAT = Duration.ofMillis(500);

  /// Heartbeats that lie further apart mean that the store was away, or this process asleep; after
  /// that time others may be missed who were cut off, too.
  private static final Duration GAP = Duration.ofMillis(1_300);

  /// Then every other worker that lives has beaten, too.
  private static final Duration STEADY = Duration.ofSeconds(2);

  private static final Duration LOOK_FOR_STRAYS = Duration.ofSeconds(3);

  private final NewWorker worker;
  private final Leases leases;
  private final Slots slots;
  private final AttemptRunner runner;
  private final StrayLeases strays;
  private final Semaphore cancelRequests = new Semaphore(0);
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Session session;
  private volatile @Nullable Beats beats;
  private long lookedNanos = System.nanoTime();

  Registration(NewWorker worker, Leases leases, Slots slots, AttemptRunner runner) {
    this.worker = worker;
    this.leases = leases;
    this.slots = slots;
    this.runner = runner;
    this.strays = new StrayLeases(slots::tokens);
  }

  /// Heartbeats that followed each other without a gap.
  private record Beats(long sinceNanos, long lastNanos) {
    static Beats first(long now) {
      return new Beats(now, now);
    }

    Beats next(long now) {
      return new Beats(unbroken(now) ? sinceNanos : now, now);
    }

    boolean unbroken(long now) {
      return now - lastNanos < GAP.toNanos();
    }

    boolean steady(long now) {
      return unbroken(now) && now - sinceNanos >= STEADY.toNanos();
    }
  }

  /// As [Worker#hears].
  boolean hears() {
    Beats known = beats;
    return known != null && known.steady(System.nanoTime());
  }

  /// The session, where there is one already.
  Optional<Session> known() {
    return Optional.ofNullable(session);
  }

  Session session() throws InterruptedException {
    Session known = session;
    return known == null ? open() : known;
  }

  private Session open() throws InterruptedException {
    opening.lockInterruptibly();
    try {
      Session known = session;
      if (known != null) {
        return known;
      }
      Session opened = leases.open(worker);
      session = opened;
      return opened;
    } finally {
      opening.unlock();
    }
  }

  /// Somebody wants a running task to be cancelled.
  void cancelRequested() {
    cancelRequests.release();
  }

  /// One heartbeat, and the wait for the next.
  void beat() throws InterruptedException {
    Session held = session();
    if (!held.heartbeat()) {
      declaredDead(held);
      return;
    }
    Beats before = beats;
    long now = System.nanoTime();
    beats = before == null ? Beats.first(now) : before.next(now);
    stopCancelled(held);
    if (cancelRequests.tryAcquire(HEARTBEAT.toMillis(), TimeUnit.MILLISECONDS)) {
      cancelRequests.drainPermits();
      stopCancelled(held);
    }
    if (System.nanoTime() - lookedNanos > LOOK_FOR_STRAYS.toNanos()) {
      lookedNanos = System.nanoTime();
      strays.look(held).forEach(runner::giveBack);
    }
  }

  private void stopCancelled(Session held) {
    if (slots.running().isEmpty()) {
      return;
    }
    Set<TaskId> cancelled = Set.copyOf(held.cancelRequests());
    slots.running().stream()
        .filter(attempt -> cancelled.contains(attempt.task()))
        .forEach(attempt -> attempt.stop(StopReason.CANCELLED));
  }

  private void declaredDead(Session lost) {
    log.atWarn()
        .addKeyValue("event", "worker_declared_dead")
        .addKeyValue("attempts", slots.running().size())
        .log("This worker was declared dead; its attempts stop and it starts anew");
    slots.running().forEach(attempt -> attempt.stop(StopReason.LEASE_LOST));
    session = null;
    lost.close();
  }

  /// Nothing is claimed under it any more.
  void close() {
    Session held = session;
    session = null;
    if (held != null) {
      try {
        held.close();
      } catch (StoreUnavailable e) {
        log.debug("The registration runs out by itself: {}", e.getMessage());
      }
    }
  }
}
