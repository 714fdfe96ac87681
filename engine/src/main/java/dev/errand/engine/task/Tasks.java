package dev.errand.engine.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.hash.Sha256;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.NewTask.Idempotency;
import dev.errand.engine.task.TaskStore.Cancelled;
import dev.errand.engine.task.TaskStore.Retried;
import dev.errand.engine.task.TaskStore.Submitted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What a caller may do with tasks. Every door comes through here, so this is where it is decided
/// what is accepted and who sees what.
///
/// Every method throws [Problem.Refused] for what the caller did wrong, and treats somebody else's
/// task as one that does not exist.
public final class Tasks {
  private static final Logger log = LoggerFactory.getLogger(Tasks.class);

  private final TaskStore store;
  private final Handlers handlers;
  private final Json json;
  private final Limits limits;
  private final Signals signals;

  public Tasks(TaskStore store, Handlers handlers, Json json, Limits limits, Signals signals) {
    this.store = store;
    this.handlers = handlers;
    this.json = json;
    this.limits = limits;
    this.signals = signals;
  }

  /// Accepts a task: when this returns, it is durable.
  ///
  /// @return the new task, or the one that the idempotency key stands for
  public Task submit(Caller caller, Submission submission) {
    NewTask task = admitted(caller, submission);
    return switch (store.submit(List.of(task)).getFirst()) {
      case Submitted.Stored stored -> {
        if (task.due() instanceof Due.Now && !stored.told()) {
          signals.work();
        }
        yield asStored(task, stored);
      }
      case Submitted.Known(var id) -> find(caller, id);
      case Submitted.KeyReused(var id) -> throw new Problem.IdempotencyKeyReused(id).refused();
    };
  }

  /// Accepts all of `submissions` or none: when this returns, they are durable.
  ///
  /// @param submissions 1 to [Batch#MAX_TASKS]; the first one's idempotency key is the batch's
  /// @return the new batch, or the one that the idempotency key stands for
  /// @throws Problem.Refused for bad entries with pointers such as `/tasks/17/params/url`
  public NewBatch submitAll(Caller caller, List<Submission> submissions) {
    List<NewTask> tasks = admitted(caller, submissions);
    return switch (store.submit(tasks).getFirst()) {
      case Submitted.Stored(var first, _, _, _) -> {
        if (tasks.stream().anyMatch(task -> task.due() instanceof Due.Now)) {
          signals.work();
        }
        yield new NewBatch(first.value(), tasks.stream().map(NewTask::id).toList());
      }
      case Submitted.Known(var first) -> new NewBatch(first.value(), store.inBatch(first.value()));
      case Submitted.KeyReused(var id) -> throw new Problem.IdempotencyKeyReused(id).refused();
    };
  }

  /// A batch that was accepted.
  ///
  /// @param id that of its first task, so that whoever knows the task finds the batch
  /// @param tasks in the order of the submissions
  public record NewBatch(UUID id, List<TaskId> tasks) {
    public NewBatch {
      tasks = List.copyOf(tasks);
    }
  }

  private List<NewTask> admitted(Caller caller, List<Submission> submissions) {
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < submissions.size(); i++) {
      try {
        admit(caller, submissions.get(i));
      } catch (Problem.Refused refused) {
        if (!(refused.problem() instanceof Problem.InvalidTask(var found))) {
          throw refused;
        }
        String place = "/tasks/" + i;
        found.forEach(one -> violations.add(new Violation(place + one.pointer(), one.detail())));
      }
    }
    if (!violations.isEmpty()) {
      throw new Problem.InvalidBatch(violations).refused();
    }
    return together(caller, submissions);
  }

  private List<NewTask> together(Caller caller, List<Submission> submissions) {
    TaskId first = TaskId.next();
    List<NewTask> tasks = new ArrayList<>();
    tasks.add(
        withDefaults(
            caller, submissions.getFirst(), first, first.value(), idempotency(submissions)));
    submissions.stream()
        .skip(1)
        .map(asked -> withDefaults(caller, asked, TaskId.next(), first.value(), null))
        .forEach(tasks::add);
    return tasks;
  }

  private static @Nullable Idempotency idempotency(List<Submission> submissions) {
    String key = submissions.getFirst().idempotencyKey();
    return key == null
        ? null
        : new Idempotency(
            key, Sha256.hex("batch" + submissions.stream().map(Tasks::fingerprint).toList()));
  }

  /// How the tasks stand that were submitted together.
  public Batch batch(Caller caller, UUID id) {
    return store
        .batch(id)
        .filter(batch -> caller.mayAccess(batch.owner()))
        .orElseThrow(() -> new Problem.NotFound("batch: " + id).refused());
  }

  /// What [#submit] would store for `submission`, for whoever stores it later.
  public NewTask admitted(Caller caller, Submission submission) {
    admit(caller, submission);
    String key = submission.idempotencyKey();
    return withDefaults(
        caller,
        submission,
        TaskId.next(),
        null,
        key == null ? null : new Idempotency(key, fingerprint(submission)));
  }

  public Task find(Caller caller, TaskId id) {
    return store
        .find(id)
        .filter(task -> caller.mayAccess(task.owner()))
        .orElseThrow(() -> new Problem.TaskNotFound(id).refused());
  }

  /// What is known of the near future of a task that the caller has found; empty once it has ended.
  public Optional<Outlook> outlook(Task task) {
    return task.status().terminal() ? Optional.empty() : store.outlook(task.id());
  }

  /// One page of tasks, newest first; only an administrator sees those of others.
  public List<Task> list(Caller caller, TaskFilter filter) {
    if (!caller.admin() && !caller.user().equals(filter.owner())) {
      throw new Problem.Forbidden("Only administrators list the tasks of others.").refused();
    }
    return store.list(filter);
  }

  /// Cancels a task, or asks its worker to; the task as it stands afterwards.
  public Task cancel(Caller caller, TaskId id) {
    find(caller, id);
    switch (store.cancel(id)) {
      case Cancelled.Ended() -> signals.changed(id);
      case Cancelled.Requested() -> {
        signals.changed(id);
        signals.cancelRequested();
      }
      case Cancelled.AlreadyEnded(var status) -> throw ended(id, status);
      case Cancelled.Unknown() -> throw new Problem.TaskNotFound(id).refused();
    }
    return find(caller, id);
  }

  /// Puts a failed or cancelled task back in its queue; the task as it stands afterwards.
  public Task retry(Caller caller, TaskId id) {
    find(caller, id);
    switch (store.retry(id)) {
      case Retried.Queued() -> {
        signals.changed(id);
        signals.work();
      }
      case Retried.NotEnded(var status) ->
          throw new Problem.Conflict(
                  "Task %s is %s; only failed and cancelled tasks can be retried."
                      .formatted(id, status))
              .refused();
      case Retried.Unknown() -> throw new Problem.TaskNotFound(id).refused();
    }
    return find(caller, id);
  }

  public List<AttemptRecord> attempts(Caller caller, TaskId id) {
    find(caller, id);
    return store.attempts(id);
  }

  private void admit(Caller caller, Submission submission) {
    Handler<?> handler =
        handlers.forType(submission.type()).orElseThrow(() -> unknownType(submission.type()));
    try {
      admit(handler, submission.params(), caller);
    } catch (InvalidParams invalid) {
      log.atInfo()
          .addKeyValue("event", "task_rejected_invalid_params")
          .addKeyValue("task_type", submission.type())
          .addKeyValue("user", caller.user())
          .addKeyValue("trace_id", submission.traceId())
          .log("Task rejected");
      throw invalidTask(invalid);
    }
  }

  private <P> void admit(Handler<P> handler, String params, Caller caller) {
    handler.admit(json.read(params, handler.paramsType()), caller);
  }

  private Problem.Refused unknownType(String type) {
    String detail =
        "must be one of %s, not \"%s\"".formatted(String.join(", ", handlers.types()), type);
    return new Problem.InvalidTask(List.of(new Violation("/type", detail))).refused();
  }

  private static Problem.Refused invalidTask(InvalidParams invalid) {
    return new Problem.InvalidTask(
            invalid.violations().stream()
                .map(found -> new Violation("/params" + found.pointer(), found.detail()))
                .toList())
        .refused();
  }

  private NewTask withDefaults(
      Caller caller,
      Submission asked,
      TaskId id,
      @Nullable UUID batch,
      @Nullable Idempotency idempotency) {
    return new NewTask(
        id,
        caller.user(),
        asked.type(),
        asked.params(),
        asked.queue() == null ? Submission.DEFAULT_QUEUE : asked.queue(),
        asked.priority() == null ? Priority.NORMAL : asked.priority(),
        bounded(asked.timeout() == null ? limits.maxRuntime() : asked.timeout()),
        asked.maxRetries() == null ? Submission.DEFAULT_MAX_RETRIES : asked.maxRetries(),
        asked.due(),
        asked.tags(),
        asked.traceId(),
        asked.concurrencyKey(),
        asked.ttl(),
        asked.budget(),
        batch,
        idempotency,
        asked.callbackUrl());
  }

  private Duration bounded(Duration timeout) {
    return timeout.compareTo(limits.maxRuntime()) > 0 ? limits.maxRuntime() : timeout;
  }

  private static String fingerprint(Submission asked) {
    // Of what the caller sent, so that a changed default does not make a new submission of it.
    List<Object> parts =
        new ArrayList<>(
            List.of(
                asked.type(),
                asked.params(),
                String.valueOf(asked.timeout()),
                String.valueOf(asked.maxRetries()),
                String.valueOf(asked.priority()),
                asked.due(),
                String.valueOf(asked.queue()),
                asked.tags(),
                String.valueOf(asked.concurrencyKey())));
    // What older versions did not know leaves the fingerprints of other submissions as they were.
    if (asked.ttl() != null) {
      parts.add("ttl " + asked.ttl());
    }
    if (!asked.budget().unlimited()) {
      parts.add(asked.budget());
    }
    if (asked.callbackUrl() != null) {
      parts.add("callback " + asked.callbackUrl());
    }
    return Sha256.hex(parts.toString());
  }

  private static Task asStored(NewTask task, Submitted.Stored stored) {
    boolean waitsForTime = stored.dueAt().isAfter(stored.createdAt());
    return new Task(
        task.id(),
        task.owner(),
        task.type(),
        waitsForTime ? TaskStatus.PENDING : TaskStatus.QUEUED,
        task.params(),
        task.queue(),
        task.priority(),
        task.tags(),
        0,
        null,
        List.of(),
        0,
        task.maxRetries(),
        task.timeout(),
        false,
        stored.createdAt(),
        stored.createdAt(),
        stored.dueAt(),
        task.ttl() == null ? null : stored.dueAt().plus(task.ttl()),
        null,
        null,
        null,
        null,
        task.traceId());
  }

  private static Problem.Refused ended(TaskId id, TaskStatus status) {
    return new Problem.Conflict("Task %s is already %s.".formatted(id, status)).refused();
  }
}
