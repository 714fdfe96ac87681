package dev.errand.engine.worker;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.Handover;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.worker.HeldBatch.Settlement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims due tasks and runs their attempts, each on a virtual thread, until it is closed.
///
/// Four loops on platform threads, which handlers that compute cannot starve: two claim, one keeps
/// the leases alive and hears of cancellations, one watches deadlines. Each goes on after any
/// error.
public final class Worker implements Handover, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration POLL = Duration.ofMillis(500);
  private static final Duration HEARTBEAT = Duration.ofSeconds(1);

  /// Heartbeats that lie further apart mean that the store was away, or this process asleep.
  private static final Duration GAP = Duration.ofMillis(2_500);

  /// Then every other worker that lives has beaten, too.
  private static final Duration STEADY = Duration.ofSeconds(2);

  private static final Duration LOOK_FOR_STRAYS = Duration.ofSeconds(3);
  private static final Duration WATCH = Duration.ofMillis(50);
  private static final Duration AFTER_ERROR = Duration.ofMillis(250);
  private static final int MAX_HOLD = 500;

  /// So many tasks at once are a stream, of which a few milliseconds' worth share a hold.
  private static final int STREAM = 4;

  private static final Duration GATHER = Duration.ofMillis(4);
  private static final int CLAIM_LOOPS = 2;

  private final String name;
  private final WorkerConfig config;
  private final Workshop shop;
  private final AttemptRunner runner;
  private final Semaphore slots;
  private final Semaphore work = new Semaphore(0);
  private final Semaphore cancelRequests = new Semaphore(0);

  /// By the token of the lease: after a lost lease, the same task may run here again beside an
  /// attempt that has not stopped yet.
  private final Map<UUID, RunningAttempt> running = new ConcurrentHashMap<>();

  private final StrayLeases strays = new StrayLeases(() -> Set.copyOf(running.keySet()));
  private final Pace pace = new Pace();
  private final Set<HeldBatch> batches = ConcurrentHashMap.newKeySet();

  /// Claim loops that wait for work.
  private final AtomicInteger waiting = new AtomicInteger();

  private volatile boolean lastWereQuick;

  /// One claim loop asks the store, while the other runs and settles what it has.
  private final ReentrantLock asking = new ReentrantLock();

  private long nextHoldNanos = System.nanoTime();
  private final ReentrantLock opening = new ReentrantLock();
  private volatile @Nullable Session session;
  private long lookedNanos = System.nanoTime();
  private volatile @Nullable Beats beats;
  private final List<Loop> claiming;
  private final List<Loop> loops;
  private final List<Subscription> subscriptions;
  private volatile boolean draining;

  private Worker(String name, WorkerConfig config, Workshop shop) {
    this.name = name;
    this.config = config;
    this.shop = shop;
    this.runner = new AttemptRunner(shop, Backoff.DEFAULT, RandomGenerator.getDefault(), pace);
    this.slots = new Semaphore(config.concurrency());
    this.subscriptions =
        List.of(
            shop.signals().onWork(this::workCame),
            shop.signals().onCancelRequest(cancelRequests::release));
    this.claiming =
        Stream.generate(() -> new Loop("worker-claim", AFTER_ERROR, this::claimOnce))
            .limit(CLAIM_LOOPS)
            .toList();
    this.loops =
        Stream.concat(
                claiming.stream(),
                Stream.of(
                    new Loop("worker-heartbeat", AFTER_ERROR, this::beatOnce),
                    new Loop("worker-watch", AFTER_ERROR, this::watchOnce)))
            .toList();
  }

  /// Starts a worker.
  ///
  /// @param name tells people which worker ran an attempt; need not be unique
  public static Worker start(String name, WorkerConfig config, Workshop shop) {
    Worker worker = new Worker(name, config, shop);
    worker.loops.forEach(Loop::start);
    return worker;
  }

  /// Whether each loop got through its last round.
  public boolean healthy() {
    return loops.stream().allMatch(Loop::healthy);
  }

  /// How many attempts run now.
  public int running() {
    return running.size();
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

  /// Whether this worker may say that others are silent: its own heartbeats have got through all
  /// the time. After an outage everybody is silent, and needs a moment to be heard again.
  public boolean hears() {
    Beats known = beats;
    return known != null && known.steady(System.nanoTime());
  }

  private void workCame() {
    work.release();
    if (waiting.get() == 0) {
      batches.forEach(HeldBatch::hurry);
    }
  }

  private void claimOnce() throws InterruptedException {
    Session session = session();
    awaitSlot();
    if (draining) {
      awaitWork();
      return;
    }
    try (Hold hold = hold(session)) {
      List<Lease> leases = hold.leases();
      if (!leases.isEmpty()) {
        lastWereQuick = pace.quick(leases);
        if (lastWereQuick && !hold.leased() && !hold.urgent()) {
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

  private void awaitSlot() throws InterruptedException {
    slots.acquire();
    slots.release();
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
    return lastWereQuick ? MAX_HOLD : Math.clamp(slots.availablePermits(), 1, MAX_HOLD);
  }

  /// Leases as many tasks as there are free slots, then runs them; what is leased already waits for
  /// slots.
  private void runLeased(Hold hold) throws InterruptedException {
    List<RunningAttempt> attempts = new ArrayList<>();
    Set<Lease> leased = Set.of();
    try {
      for (Lease lease : hold.leases()) {
        if (hold.leased()) {
          slots.acquire();
        } else if (!slots.tryAcquire()) {
          break;
        }
        attempts.add(known(new RunningAttempt(lease, shop)));
      }
      leased =
          Set.copyOf(hold.settle(Map.of(), attempts.stream().map(RunningAttempt::lease).toList()));
    } finally {
      for (RunningAttempt attempt : attempts) {
        if (leased.contains(attempt.lease())) {
          shop.signals().changed(attempt.task());
          start(attempt);
        } else {
          free(attempt);
        }
      }
    }
  }

  /// Runs tasks before they are leased.
  private void runHeld(Hold hold) throws InterruptedException {
    HeldBatch batch = new HeldBatch();
    batches.add(batch);
    try {
      for (Lease lease : hold.leases()) {
        if (!slots.tryAcquire(batch.nanosLeft(), TimeUnit.NANOSECONDS)) {
          break;
        }
        RunningAttempt attempt = known(new RunningAttempt(lease, shop));
        attempt.in(batch);
        start(attempt);
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
      leased.forEach(lease -> shop.signals().changed(lease.task()));
    } finally {
      batch.settled(leased);
    }
    settlement.completed().forEach(runner::completedHeld);
  }

  @Override
  public Taken take(List<NewTask> tasks) {
    Session registered = session;
    if (draining || registered == null || waiting.get() < CLAIM_LOOPS) {
      return Taken.NOTHING; // others may have waited for longer
    }
    Map<TaskId, RunningAttempt> attempts = new LinkedHashMap<>();
    for (NewTask task : tasks) {
      if (startsAtOnce(task) && slots.tryAcquire()) {
        attempts.put(task.id(), known(new RunningAttempt(firstLease(task), shop)));
      }
    }
    return attempts.isEmpty() ? Taken.NOTHING : new Offered(registered.id(), attempts);
  }

  private boolean startsAtOnce(NewTask task) {
    return task.due() instanceof Due.Now
        && task.concurrencyKey() == null
        && shop.handlers().forType(task.type()).isPresent();
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
      attempts.forEach((task, attempt) -> {
        if (leased.contains(task)) {
          shop.signals().changed(task);
          start(attempt);
        } else {
          free(attempt);
        }
      });
    }
  }

  /// From now on the lease, should there be one, is known to be run.
  private RunningAttempt known(RunningAttempt attempt) {
    running.put(attempt.lease().token(), attempt);
    return attempt;
  }

  private void start(RunningAttempt attempt) {
    Thread.ofVirtual()
        .name("attempt-" + attempt.task())
        .start(() -> runner.run(attempt, () -> free(attempt)));
  }

  /// An attempt that was recorded has no slot any more, even where its handler has not stopped.
  private void free(RunningAttempt attempt) {
    if (running.remove(attempt.lease().token(), attempt)) {
      slots.release();
    }
  }

  /// The registration under which this worker claims; a new one when the last was declared dead.
  private Session session() throws InterruptedException {
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
      Session opened =
          shop.leases()
              .open(
                  new NewWorker(
                      name, shop.handlers().types(), config.concurrency(), config.leaseFor()));
      session = opened;
      return opened;
    } finally {
      opening.unlock();
    }
  }

  private void beatOnce() throws InterruptedException {
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
    if (running.isEmpty()) {
      return;
    }
    Set<TaskId> cancelled = Set.copyOf(held.cancelRequests());
    running.values().stream()
        .filter(attempt -> cancelled.contains(attempt.task()))
        .forEach(attempt -> attempt.stop(StopReason.CANCELLED));
  }

  private void declaredDead(Session lost) {
    log.atWarn()
        .addKeyValue("event", "worker_declared_dead")
        .addKeyValue("attempts", running.size())
        .log("This worker was declared dead; its attempts stop and it starts anew");
    running.values().forEach(attempt -> attempt.stop(StopReason.LEASE_LOST));
    session = null;
    lost.close();
  }

  private void watchOnce() throws InterruptedException {
    for (RunningAttempt attempt : running.values()) {
      if (attempt.overdue()) {
        attempt.stop(StopReason.DEADLINE);
      }
      if (attempt.outstays(config.grace())) {
        abandon(attempt);
      } else if (attempt.journal().waiting()) {
        Thread.ofVirtual().name("journal-" + attempt.task()).start(() -> flush(attempt));
      }
    }
    Thread.sleep(WATCH);
  }

  private static void flush(RunningAttempt attempt) {
    try {
      attempt.journal().flushUnlessWriting();
    } catch (RuntimeException e) {
      log.debug("Journal of {} not written: {}", attempt.task(), e.getMessage());
    }
  }

  private void abandon(RunningAttempt attempt) {
    Thread.ofVirtual()
        .name("abandon-" + attempt.task())
        .start(() -> runner.abandon(attempt, () -> free(attempt)));
  }

  /// Claims nothing more, waits for running attempts as long as the configuration says, gives the
  /// rest back and ends the registration.
  @Override
  public void close() {
    draining = true;
    if (!running.isEmpty()) {
      log.atWarn()
          .addKeyValue("event", "worker_draining")
          .addKeyValue("attempts", running.size())
          .log("Waiting up to {} s for running attempts to end", config.drainFor().toSeconds());
    }
    claiming.forEach(Loop::close);
    if (!awaitIdle(config.drainFor())) {
      running.values().forEach(attempt -> attempt.stop(StopReason.DRAIN));
      awaitIdle(config.grace().plusSeconds(1));
    }
    loops.forEach(Loop::close);
    subscriptions.forEach(Subscription::close);
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

  /// True when every slot was free within `limit`.
  private boolean awaitIdle(Duration limit) {
    try {
      if (slots.tryAcquire(config.concurrency(), limit.toMillis(), TimeUnit.MILLISECONDS)) {
        slots.release(config.concurrency());
        return true;
      }
      return false;
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
