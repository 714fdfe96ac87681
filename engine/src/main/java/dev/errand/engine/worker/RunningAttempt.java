package dev.errand.engine.worker;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.LeaseLost;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Budget;
import dev.errand.engine.budget.TaskBudget;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// An attempt while its handler runs. Thread-safe.
final class RunningAttempt implements Attempt {
  /// How long it may take to hear that the lease is held, less than any lease lasts.
  private static final Duration NEWS = Duration.ofMillis(500);

  private final Lease lease;
  private final WorkerContext context;
  private final AttemptJournal journal;
  private final StoreRetry retry = new StoreRetry(this::leaseLost);
  private final long startedNanos = System.nanoTime();
  private final AtomicReference<@Nullable Stop> stopped = new AtomicReference<>();
  private final AtomicBoolean concluded = new AtomicBoolean();
  private volatile @Nullable Thread thread;

  /// As long as the task is only held.
  private volatile @Nullable HeldBatch batch;

  private @Nullable Map<String, String> finishedSteps;

  RunningAttempt(Lease lease, WorkerContext context) {
    this.lease = lease;
    this.context = context;
    this.journal =
        new AttemptJournal(lease, context.leases(), context.signals(), retry, this::leased);
  }

  /// Runs in `held` until it is leased.
  void in(HeldBatch held) {
    batch = held;
    held.add(this);
  }

  /// Waits until the task is leased, if it is only held.
  ///
  /// @throws LeaseLost when it is not
  void leased() {
    HeldBatch held = batch;
    if (held != null) {
      if (!held.lease(this)) {
        stop(StopReason.LEASE_LOST);
        throw new LeaseLost(lease);
      }
      batch = null;
    }
  }

  /// Leaves it to the hold to record `result`, which works while the task is only held and the
  /// attempt has nothing else to write.
  boolean completeHeld(String result) {
    HeldBatch held = batch;
    return held != null && journal.empty() && held.complete(this, result);
  }

  Lease lease() {
    return lease;
  }

  AttemptJournal journal() {
    return journal;
  }

  StoreRetry retry() {
    return retry;
  }

  /// The thread that runs the handler, from now on interrupted by [#stop].
  void runsOn(Thread runner) {
    thread = runner;
    if (stopped.get() != null) {
      runner.interrupt();
    }
  }

  /// Why the handler was told to stop, and when it was first told so.
  private record Stop(StopReason reason, long sinceNanos) {}

  /// Tells the handler to stop; the first reason stands, except that a lost lease overrides all.
  void stop(StopReason reason) {
    boolean first = stopped.compareAndSet(null, new Stop(reason, System.nanoTime()));
    if (!first && reason == StopReason.LEASE_LOST) {
      stopped.updateAndGet(stop -> stop == null ? null : new Stop(reason, stop.sinceNanos()));
    }
    Thread runner = thread;
    if (first && runner != null) {
      runner.interrupt();
    }
  }

  Optional<StopReason> stopReason() {
    return Optional.ofNullable(stopped.get()).map(Stop::reason);
  }

  boolean overdue() {
    return stopped.get() == null && timeLeft().isZero();
  }

  /// Whether the handler was told to stop longer than `grace` ago and still runs.
  boolean outstays(Duration grace) {
    Stop stop = stopped.get();
    return stop != null
        && !concluded.get()
        && System.nanoTime() - stop.sinceNanos() > grace.toNanos();
  }

  /// Claims the right to say how this attempt ended: true for the first caller only.
  boolean conclude() {
    return concluded.compareAndSet(false, true);
  }

  boolean leaseLost() {
    return stopReason().filter(StopReason.LEASE_LOST::equals).isPresent();
  }

  @Override
  public TaskId task() {
    return lease.task();
  }

  @Override
  public String owner() {
    return lease.owner();
  }

  @Override
  public int number() {
    return lease.attempt();
  }

  @Override
  public Duration timeLeft() {
    Duration left = lease.timeout().minusNanos(System.nanoTime() - startedNanos);
    return left.isNegative() ? Duration.ZERO : left;
  }

  @Override
  public void progress(int percent, String message) {
    checkLease();
    journal.add(new NewEvent.Progress(Math.clamp(percent, 0, 100), message));
  }

  @Override
  public void log(LogLine.Level level, String text) {
    checkLease();
    journal.add(new LogLine(context.clock().instant(), level, text));
  }

  @Override
  public <T> T step(String name, Class<T> type, Callable<T> work) throws Exception {
    checkLease();
    String known = finishedSteps().get(name);
    if (known != null) {
      journal.add(new NewEvent.StepReused(name));
      return context.json().read(known, type);
    }
    journal.add(new NewEvent.StepStarted(name));
    flushFreshly();
    T value = work.call();
    keep(name, context.json().write(value));
    journal.add(new NewEvent.StepCompleted(name));
    journal.flush();
    return value;
  }

  /// Writes what was said, and asks once more when the answer is no news: a process that was paused
  /// meanwhile may have been declared dead, and another one may have finished the very step.
  private void flushFreshly() {
    leased();
    Instant asked = context.clock().instant();
    journal.flush();
    if (Duration.between(asked, context.clock().instant()).compareTo(NEWS) > 0
        && !retry.call(() -> context.leases().append(lease, List.of()))) {
      throw new LeaseLost(lease);
    }
  }

  private void keep(String step, String value) {
    leased();
    if (!retry.call(() -> context.leases().finishStep(lease, step, value))) {
      throw new LeaseLost(lease);
    }
    finishedSteps().put(step, value);
  }

  private synchronized Map<String, String> finishedSteps() {
    Map<String, String> steps = finishedSteps;
    if (steps == null) {
      steps = new ConcurrentHashMap<>(retry.call(() -> context.leases().steps(lease.task())));
      finishedSteps = steps;
    }
    return steps;
  }

  @Override
  public Artifact store(String name, String type, String contentType, byte[] content)
      throws TaskFailure {
    checkLease();
    leased();
    Artifact described = context.artifacts().keep(lease, name, type, contentType, content);
    Artifact artifact =
        retry
            .call(() -> context.artifacts().record(lease, described))
            .orElseThrow(() -> new LeaseLost(lease));
    journal.add(new NewEvent.ArtifactStored(artifact.id().toString(), type, name));
    journal.flush();
    return artifact;
  }

  @Override
  public Budget budget() {
    checkLease();
    leased();
    return new TaskBudget(lease, context.budgets(), context.spending(), retry::call);
  }

  private void checkLease() {
    if (leaseLost() || concluded.get()) {
      throw new LeaseLost(lease);
    }
  }
}
