package dev.errand.server.metrics;

import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Batch;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Counts what is submitted, and what ends without a worker.
public final class MeasuredTasks implements TaskStore {
  private final TaskStore store;
  private final TaskMeters meters;

  public MeasuredTasks(TaskStore store, TaskMeters meters) {
    this.store = store;
    this.meters = meters;
  }

  @Override
  public List<Submitted> submit(List<NewTask> tasks) {
    List<Submitted> answers = store.submit(tasks);
    for (int i = 0; i < answers.size(); i++) {
      if (answers.get(i) instanceof Submitted.Stored) {
        meters.of(tasks.get(i).type()).submitted.increment();
      }
    }
    return answers;
  }

  @Override
  public Cancelled cancel(TaskId id) {
    Cancelled cancelled = store.cancel(id);
    if (cancelled instanceof Cancelled.Ended) {
      meters.of(typeOf(id)).cancelled.increment();
    }
    return cancelled;
  }

  /// Unknown when the store is away by now: what was cancelled is cancelled.
  private String typeOf(TaskId id) {
    try {
      return store.find(id).map(Task::type).orElse("");
    } catch (StoreUnavailable _) {
      return "";
    }
  }

  @Override
  public List<Expired> expire(int limit) {
    List<Expired> expired = store.expire(limit);
    expired.forEach(task -> meters.of(task.type()).failed.increment());
    return expired;
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return store.find(id);
  }

  @Override
  public Optional<Outlook> outlook(TaskId id) {
    return store.outlook(id);
  }

  @Override
  public List<Task> list(TaskFilter filter) {
    return store.list(filter);
  }

  @Override
  public Optional<Batch> batch(UUID id) {
    return store.batch(id);
  }

  @Override
  public List<TaskId> inBatch(UUID id) {
    return store.inBatch(id);
  }

  @Override
  public Retried retry(TaskId id) {
    return store.retry(id);
  }

  @Override
  public List<Task> deadLetters(DeadLetterFilter filter, int limit) {
    return store.deadLetters(filter, limit);
  }

  @Override
  public List<TaskId> retryFailed(List<TaskId> ids, @Nullable String owner) {
    return store.retryFailed(ids, owner);
  }

  @Override
  public List<AttemptRecord> attempts(TaskId id) {
    return store.attempts(id);
  }
}
