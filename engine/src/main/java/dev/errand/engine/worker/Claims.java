package dev.errand.engine.worker;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.task.Handover;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.worker.HeldBatch.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;

/// How a worker comes by tasks, and starts them: from the store, in holds as large as their
/// handlers are quick, or from whoever submits one in this process while the worker is idle.
/// Thread-safe.
final class Claims implements Handover {
  /// So many threads claim: one asks the store, while the other runs and settles what it has.
  static final int THREADS = 2;

  private static final Duration POLL = Duration.ofMillis(500);
  private static final int MAX_HOLD = 500;

  /// So many tasks at once are a stream, of which a few milliseconds' worth share a hold.
  private static final int STREAM = 4;

  private static final Duration GATHER = Duration.ofMillis(4);

  /// So long, likely, does a worker have to do with what it holds ahead of free slots: others,
  /// whose tasks come later, wait for that.
  private static final Duration AHEAD = Duration.ofMillis(3);

  private final WorkerContext context;
  private final Registration registration;
  private final Slots slots;
  private final AttemptRunner runner;
  private final Pace pace;
  private final Semaphore work = new Semaphore(0);
  private final Set<HeldBatch> batches = ConcurrentHashMap.newKeySet();

  /// Threads that wait for work.
  private final AtomicInteger waiting = new AtomicInteger();

  private final ReentrantLock asking = new ReentrantLock();
  private long nextHoldNanos = System.nanoTime();

  /// How many tasks like the last ones may be held, whether slots are free or not.
  private volatile long quick;

  private volatile boolean over;

  Claims(
      WorkerContext context,
      Registration registration,
      Slots slots,
      AttemptRunner runner,
      Pace pace) {
    this.context = context;
    this.registration = registration;
    this.slots = slots;
    this.runner = runner;
    this.pace = pace;
  }

  /// There may be something to claim.
  void workCame() {
    work.release();
    if (waiting.get() == 0) {
      batches.forEach(HeldBatch::hurry);
    }
  }

  /// Nothing is claimed or taken any more.
  void end() {
    over = true;
  }

  /// Claims and starts what there is, or waits until there may be something.
  void claim() throws InterruptedException {
    Session session = registration.session();
    slots.awaitFree();
    if (over) {
      awaitWork();
      return;
    }
    try (Hold hold = hold(session)) {
      List<Lease> leases = hold.leases();
      if (!leases.isEmpty()) {
        quick = pace.quickWithin(AHEAD, slots.all(), leases);
        if (quick > 0 && !hold.leased() && !hold.urgent()) {
          runHeld(hold);
        } else {
          runLeased(hold);
        }
        return;
      }
    }
    awaitWork();
  }

  private Hold hold(Session session) throws InterruptedException {
    asking.lockInterruptibly();
    try {
      long wait = nextHoldNanos - System.nanoTime();
      if (wait > 0) {
        Thread.sleep(Duration.ofNanos(wait));
      }
      nextHoldNanos = System.nanoTime();
      work.drainPermits();
      int limit = limit();
      Hold hold = session.hold(limit);
      int got = hold.leases().size();
      if (got >= STREAM && got < limit) {
        nextHoldNanos += GATHER.toNanos();
      }
      return hold;
    } finally {
      asking.unlock();
    }
  }

  private void awaitWork() throws InterruptedException {
    waiting.incrementAndGet();
    try {
      if (work.tryAcquire(POLL.toMillis(), TimeUnit.MILLISECONDS)) {
        work.drainPermits();
      }
    } finally {
      waiting.decrementAndGet();
    }
  }

  /// Quick tasks are held ahead of free slots: what is not started in time goes back untouched.
  private int limit() {
    return Math.clamp(Math.max(quick, slots.room()), 1, MAX_HOLD);
  }

  // --- running what is claimed

  /// Leases as many tasks as there are free slots, then runs them; what is leased already waits for
  /// slots.
  private void runLeased(Hold hold) throws InterruptedException {
    List<RunningAttempt> attempts = new ArrayList<>();
    Set<Lease> leased = Set.of();
    try {
      for (Lease lease : hold.leases()) {
        if (hold.leased()) {
          slots.keep();
        } else if (!slots.tryKeep()) {
          break;
        }
        attempts.add(slots.put(new RunningAttempt(lease, context)));
      }
      leased =
          Set.copyOf(hold.settle(Map.of(), attempts.stream().map(RunningAttempt::lease).toList()));
    } finally {
      for (RunningAttempt attempt : attempts) {
        startIf(leased.contains(attempt.lease()), attempt, hold.urgent());
      }
    }
  }

  /// Runs tasks before they are leased.
  private void runHeld(Hold hold) throws InterruptedException {
    HeldBatch batch = new HeldBatch();
    batches.add(batch);
    try {
      for (Lease lease : hold.leases()) {
        if (!slots.tryKeep(batch.nanosLeft())) {
          break;
        }
        RunningAttempt attempt = slots.put(new RunningAttempt(lease, context));
        attempt.in(batch);
        start(attempt, false);
      }
      batch.await();
    } finally {
      batches.remove(batch);
      settle(hold, batch);
    }
  }

  private void settle(Hold hold, HeldBatch batch) {
    Settlement settlement = batch.settle();
    List<Lease> leased = List.of();
    try {
      leased = hold.settle(settlement.completed(), settlement.kept());
      leased.forEach(lease -> context.signals().changed(lease.task()));
    } finally {
      batch.settled(leased);
    }
    settlement.completed().forEach(runner::completedHeld);
  }

  /// @param limited whether others may wait for its end
  private void startIf(boolean leased, RunningAttempt attempt, boolean limited) {
    if (leased) {
      context.signals().changed(attempt.task());
      start(attempt, limited);
    } else {
      slots.free(attempt);
    }
  }

  private void start(RunningAttempt attempt, boolean limited) {
    Thread.ofVirtual()
        .name("attempt-" + attempt.task())
        .start(() -> runner.run(attempt, () -> ended(attempt, limited)));
  }

  private void ended(RunningAttempt attempt, boolean limited) {
    slots.free(attempt);
    if (limited) {
      context.signals().work();
    }
  }

  // --- tasks of this process

  @Override
  public Taken take(List<NewTask> tasks) {
    Optional<Session> registered = registration.known();
    if (over || registered.isEmpty() || waiting.get() < THREADS) {
      return Taken.NOTHING; // others may have waited for longer
    }
    Map<TaskId, RunningAttempt> attempts = new LinkedHashMap<>();
    for (NewTask task : tasks) {
      if (startsAtOnce(task) && slots.tryKeep()) {
        attempts.put(task.id(), slots.put(new RunningAttempt(firstLease(task), context)));
      }
    }
    return attempts.isEmpty() ? Taken.NOTHING : new Offered(registered.get().id(), attempts);
  }

  private boolean startsAtOnce(NewTask task) {
    return task.due() instanceof Due.Now
        && task.concurrencyKey() == null
        && context.handlers().forType(task.type()).isPresent();
  }

  private static Lease firstLease(NewTask task) {
    return new Lease(
        task.id(),
        UUID.randomUUID(),
        task.owner(),
        task.type(),
        task.params(),
        1,
        0,
        task.maxRetries(),
        task.timeout(),
        task.traceId());
  }

  /// Tasks for which slots are kept while they are being stored.
  private final class Offered implements Taken {
    private final UUID worker;
    private final Map<TaskId, RunningAttempt> attempts;

    Offered(UUID worker, Map<TaskId, RunningAttempt> attempts) {
      this.worker = worker;
      this.attempts = attempts;
    }

    @Override
    public UUID worker() {
      return worker;
    }

    @Override
    public Map<TaskId, UUID> tokens() {
      Map<TaskId, UUID> tokens = new HashMap<>();
      attempts.forEach((task, attempt) -> tokens.put(task, attempt.lease().token()));
      return tokens;
    }

    @Override
    public void settle(Set<TaskId> leased) {
      attempts.forEach((task, attempt) -> startIf(leased.contains(task), attempt, false));
    }
  }
}
