package dev.errand.engine.worker;

import dev.errand.engine.attempt.LeaseLost;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.event.NewEvent.Progress;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.signal.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/// What an attempt has to say, gathered and written in order.
///
/// Progress and log lines wait for the next [#flush], so that a chatty handler costs few writes;
/// progress that follows progress replaces it. Thread-safe.
final class AttemptJournal {
  private static final int MAX_WAITING = 1_000;

  private final Lease lease;
  private final Leases leases;
  private final Signals signals;
  private final StoreRetry retry;
  private final Runnable leasing;

  /// Held while writing: what is gathered first is written first.
  private final ReentrantLock writing = new ReentrantLock();

  private List<NewEvent> events = new ArrayList<>();
  private List<LogLine> lines = new ArrayList<>();

  /// @param leasing called before each write; throws [LeaseLost] when there is no lease to write
  ///   under
  AttemptJournal(Lease lease, Leases leases, Signals signals, StoreRetry retry, Runnable leasing) {
    this.lease = lease;
    this.leases = leases;
    this.signals = signals;
    this.retry = retry;
    this.leasing = leasing;
  }

  synchronized void add(NewEvent event) {
    if (event instanceof Progress && !events.isEmpty() && events.getLast() instanceof Progress) {
      events.removeLast();
    }
    events.add(event);
  }

  void add(LogLine line) {
    if (addLine(line) >= MAX_WAITING) {
      flush();
    }
  }

  private synchronized int addLine(LogLine line) {
    lines.add(line);
    return lines.size();
  }

  /// Whether nothing waits to be written.
  synchronized boolean empty() {
    return events.isEmpty() && lines.isEmpty() && !writing.isLocked();
  }

  /// Whether something waits that nobody is writing.
  synchronized boolean waiting() {
    return (!events.isEmpty() || !lines.isEmpty()) && !writing.isLocked();
  }

  /// Writes what was gathered.
  ///
  /// @throws LeaseLost when this attempt may write no more
  void flush() {
    writing.lock();
    try {
      write(take());
    } finally {
      writing.unlock();
    }
  }

  /// Writes what was gathered, unless that is being done.
  ///
  /// @throws LeaseLost when this attempt may write no more
  void flushUnlessWriting() {
    if (writing.tryLock()) {
      try {
        write(take());
      } finally {
        writing.unlock();
      }
    }
  }

  private record Gathered(List<NewEvent> events, List<LogLine> lines) {}

  private synchronized Gathered take() {
    Gathered gathered = new Gathered(events, lines);
    events = new ArrayList<>();
    lines = new ArrayList<>();
    return gathered;
  }

  private void write(Gathered gathered) {
    if (gathered.events().isEmpty() && gathered.lines().isEmpty()) {
      return;
    }
    leasing.run();
    if (!gathered.lines().isEmpty()) {
      held(retry.call(() -> leases.log(lease, gathered.lines())));
    }
    if (!gathered.events().isEmpty()) {
      held(retry.call(() -> leases.append(lease, gathered.events())));
    }
    signals.changed(lease.task());
  }

  private void held(boolean stillHeld) {
    if (!stillHeld) {
      throw new LeaseLost(lease);
    }
  }
}
