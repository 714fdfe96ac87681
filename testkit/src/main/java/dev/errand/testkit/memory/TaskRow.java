package dev.errand.testkit.memory;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.task.Lane;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.Task.FinishedStep;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore.Cancelled;
import dev.errand.engine.task.TaskStore.Expired;
import dev.errand.engine.task.TaskStore.Retried;
import dev.errand.engine.task.TaskStore.Submitted;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// One task: what is known of it and every way in which that may change.
class TaskRow {
  /// A task that loses its worker more often than this is likely what kills them.
  private static final int MAX_LOSSES = 10;

  private static final Comparator<FinishedStep> BY_TIME =
      Comparator.comparing(FinishedStep::finishedAt);

  private final NewTask asked;
  private final Instant createdAt;
  private final Instant firstDueAt;
  private final Trail trail;
  private final Map<String, Step> steps = new LinkedHashMap<>();

  private Instant dueAt;
  private @Nullable Instant expiresAt;
  private boolean inLine;
  private @Nullable Instant startedAt;
  private @Nullable Instant finishedAt;
  private @Nullable TaskStatus ended;
  private @Nullable Held held;
  private boolean retrying;
  private boolean cancelRequested;
  private int attempt;
  private int failures;
  private int losses;
  private int progress;
  private @Nullable String currentStep;
  private @Nullable String result;
  private @Nullable TaskError error;

  TaskRow(NewTask asked, Instant now, Trail trail) {
    this.asked = asked;
    this.trail = trail;
    this.createdAt = now;
    this.firstDueAt = due(asked.due(), now).truncatedTo(ChronoUnit.MICROS);
    this.dueAt = firstDueAt;
    this.expiresAt = asked.ttl() == null ? null : dueAt.plus(asked.ttl());
    this.inLine = !dueAt.isAfter(now);
    trail.happened(
        "queued", dueAt.isAfter(now) ? Map.of("due_at", dueAt.toString()) : Map.of(), now);
  }

  /// The answer to the submission, however late it is given.
  Submitted.Stored stored() {
    return new Submitted.Stored(asked.id(), createdAt, firstDueAt);
  }

  private static Instant due(Due due, Instant now) {
    return switch (due) {
      case Due.Now() -> now;
      case Due.After(var delay) -> now.plus(delay);
      case Due.At(var moment) -> moment;
    };
  }

  // --- an attempt

  /// The lease that the next attempt would get.
  Lease nextLease() {
    return lease(UUID.randomUUID(), attempt + 1);
  }

  void claim(InMemorySession session, Lease lease, Instant now) {
    held = new Held(session, lease.token());
    attempt++;
    retrying = false;
    error = null;
    if (startedAt == null) {
      startedAt = now;
    }
    expiresAt = null;
    trail.attemptStarted(attempt, session.name(), now);
    trail.happened("started", Map.of("attempt", attempt, "worker", session.name()), now);
  }

  /// An attempt from its start to its end.
  void complete(InMemorySession session, Lease lease, String value, Instant heldAt, Instant now) {
    claim(session, lease, heldAt);
    end(new Outcome.Completed(value), now);
  }

  /// The lease under which it runs.
  Optional<Lease> lease() {
    return Optional.ofNullable(held).map(by -> lease(by.token(), attempt));
  }

  private Lease lease(UUID token, int attempt) {
    return new Lease(
        asked.id(),
        token,
        asked.owner(),
        asked.type(),
        asked.params(),
        attempt,
        failures,
        asked.maxRetries(),
        asked.timeout(),
        asked.traceId());
  }

  boolean holds(UUID token) {
    return held != null && held.token().equals(token);
  }

  void append(NewEvent event, Instant now) {
    switch (event) {
      case NewEvent.Progress(var percent, var message) -> {
        progress = percent;
        trail.happened(
            "progress", Map.of("percent", percent, "message", Trail.storable(message)), now);
      }
      case NewEvent.StepStarted(var step) -> {
        currentStep = step;
        trail.happened("step_started", Map.of("step", step), now);
      }
      case NewEvent.StepCompleted(var step) -> {
        currentStep = null;
        trail.happened("step_completed", Map.of("step", step), now);
      }
      case NewEvent.StepReused(var step) ->
          trail.happened("step_reused", Map.of("step", step), now);
      case NewEvent.ArtifactStored(var id, var type, var name) ->
          trail.happened(
              "artifact_stored", Map.of("artifact_id", id, "type", type, "name", name), now);
    }
  }

  void finishStep(String step, String value, Instant now) {
    steps.putIfAbsent(step, new Step(value, now));
  }

  void end(Outcome outcome, Instant now) {
    switch (decided(outcome)) {
      case Outcome.Completed(var value) -> {
        endAttempt("completed", null, now);
        result = value;
        progress = 100;
        finish(TaskStatus.COMPLETED, Map.of(), now);
      }
      case Outcome.Failed(var why) -> {
        endAttempt("failed", why, now);
        fail(why, now);
      }
      case Outcome.Cancelled() -> {
        endAttempt("cancelled", null, now);
        finish(TaskStatus.CANCELLED, Map.of(), now);
      }
      case Outcome.Retrying(var why, var delay) -> {
        endAttempt("retrying", why, now);
        retryAfter(delay, why, now);
      }
      case Outcome.Released() -> {
        endAttempt("released", null, now);
        attempt--;
        dueAt = now;
        inLine = true;
        trail.happened("released", Map.of(), now);
      }
    }
  }

  /// A request to cancel outweighs another attempt, but not an end that was reached before it.
  Outcome decided(Outcome outcome) {
    boolean another = outcome instanceof Outcome.Retrying || outcome instanceof Outcome.Released;
    return another && cancelRequested ? new Outcome.Cancelled() : outcome;
  }

  private void retryAfter(Duration delay, TaskError why, Instant now) {
    failures++;
    retrying = true;
    error = Trail.storable(why);
    dueAt = now.plus(delay).truncatedTo(ChronoUnit.MICROS);
    inLine = delay.isZero();
    trail.happened(
        "retrying",
        Map.of(
            "code",
            error.code(),
            "message",
            error.message(),
            "attempt",
            attempt,
            "delay_seconds",
            BigDecimal.valueOf(delay.toNanos() / 1_000, 6)),
        now);
  }

  /// The worker is gone and its lease with it.
  void rescue(Instant now) {
    String worker = held == null ? "" : held.session().name();
    losses++;
    if (!cancelRequested && tooOften(losses)) {
      String message = "The worker was lost %d times while it ran this task".formatted(losses);
      TaskError why = new TaskError(TaskError.WORKER_LOST, message, null);
      endAttempt("lost", why, now);
      fail(why, now);
      return;
    }
    endAttempt("lost", null, now);
    if (cancelRequested) {
      finish(TaskStatus.CANCELLED, Map.of(), now);
    } else {
      dueAt = now;
      inLine = true;
      trail.happened("lost", Map.of("attempt", attempt, "worker", worker), now);
    }
  }

  /// What the rescue says of this task when it has not put it back.
  Optional<Rescued.Ended> rescuedByEnding() {
    return Optional.ofNullable(ended).map(status -> new Rescued.Ended(id(), type(), status));
  }

  boolean tooOften(int losses) {
    return losses > MAX_LOSSES;
  }

  private void endAttempt(String outcome, @Nullable TaskError why, Instant now) {
    trail.attemptEnded(outcome, why, now);
    held = null;
    currentStep = null;
  }

  private void fail(TaskError why, Instant now) {
    error = Trail.storable(why);
    finish(TaskStatus.FAILED, Map.of("code", error.code(), "message", error.message()), now);
  }

  private void finish(TaskStatus status, Map<String, Object> data, Instant now) {
    ended = status;
    finishedAt = now;
    trail.happened(status.toString(), data, now);
  }

  // --- what callers ask for

  Cancelled cancel(Instant now) {
    if (ended != null) {
      return new Cancelled.AlreadyEnded(ended);
    }
    if (held != null) {
      requestCancel(now);
      return new Cancelled.Requested();
    }
    retrying = false;
    error = null;
    expiresAt = null;
    finish(TaskStatus.CANCELLED, Map.of(), now);
    return new Cancelled.Ended();
  }

  private void requestCancel(Instant now) {
    if (!cancelRequested) {
      cancelRequested = true;
      trail.happened("cancel_requested", Map.of(), now);
    }
  }

  /// Whether nobody has started it in time.
  boolean expired(Instant now) {
    return expiresAt != null && !expiresAt.isAfter(now);
  }

  void expire(Instant now) {
    long seconds = Duration.between(dueAt, expiresAt).toSeconds();
    expiresAt = null;
    fail(new TaskError(TaskError.EXPIRED, Expired.MESSAGE.formatted(seconds), null), now);
  }

  Retried retry(Instant now) {
    if (ended != TaskStatus.FAILED && ended != TaskStatus.CANCELLED) {
      return new Retried.NotEnded(status(now));
    }
    ended = null;
    finishedAt = null;
    error = null;
    cancelRequested = false;
    failures = 0;
    losses = 0;
    progress = 0;
    dueAt = now;
    inLine = true;
    trail.happened("queued", Map.of("retry", true), now);
    return new Retried.Queued();
  }

  // --- reading

  TaskId id() {
    return asked.id();
  }

  String type() {
    return asked.type();
  }

  Allowance budget() {
    return asked.budget();
  }

  @Nullable UUID batch() {
    return asked.batch();
  }

  /// What a task that has waited an hour less must be higher in priority to go first.
  Instant rank() {
    return dueAt.plus(Duration.ofHours(asked.priority().rank() - 1L));
  }

  Line.Place place() {
    return new Line.Place(asked.queue(), Lane.of(asked.owner(), asked.concurrencyKey()).number());
  }

  @Nullable String concurrencyKey() {
    return asked.concurrencyKey();
  }

  /// Whether it has a place in line. Once its time has come it keeps that, even when the clock is
  /// set back.
  boolean inLine() {
    return inLine;
  }

  void enterLine() {
    inLine = true;
  }

  Instant dueAt() {
    return dueAt;
  }

  /// Whether a worker may claim it once it is due.
  boolean waiting() {
    return ended == null && held == null;
  }

  @Nullable InMemorySession holder() {
    return held == null ? null : held.session();
  }

  @Nullable Instant finishedAt() {
    return finishedAt;
  }

  String owner() {
    return asked.owner();
  }

  @Nullable String callbackUrl() {
    return asked.callbackUrl();
  }

  boolean ended() {
    return ended != null;
  }

  boolean cancelRequested() {
    return cancelRequested;
  }

  Map<String, Step> steps() {
    return steps;
  }

  Trail trail() {
    return trail;
  }

  private TaskStatus status(Instant now) {
    if (ended != null) {
      return ended;
    }
    if (held != null) {
      return TaskStatus.RUNNING;
    }
    if (retrying) {
      return TaskStatus.RETRYING;
    }
    return dueAt.isAfter(now) ? TaskStatus.PENDING : TaskStatus.QUEUED;
  }

  Task seen(Instant now) {
    return new Task(
        asked.id(),
        asked.owner(),
        asked.type(),
        status(now),
        asked.params(),
        asked.queue(),
        asked.priority(),
        asked.tags(),
        progress,
        currentStep,
        finishedSteps(),
        attempt,
        asked.maxRetries(),
        asked.timeout(),
        cancelRequested,
        createdAt,
        trail.latest(),
        dueAt,
        expiresAt,
        startedAt,
        finishedAt,
        result,
        error,
        asked.traceId());
  }

  private List<FinishedStep> finishedSteps() {
    return steps.entrySet().stream()
        .map(step -> new FinishedStep(step.getKey(), step.getValue().finishedAt()))
        .sorted(BY_TIME)
        .toList();
  }

  record Step(String value, Instant finishedAt) {}

  private record Held(InMemorySession session, UUID token) {}
}
