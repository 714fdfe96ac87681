package dev.errand.testkit.memory;

import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tasks in memory.
record InMemoryTasks(Rows rows) implements TaskStore {

  @Override
  public List<Submitted> submit(List<NewTask> tasks) {
    return rows.locked(now -> tasks.stream().map(task -> rows.submit(task, now)).toList());
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return rows.locked(now -> rows.task(id).map(row -> row.seen(now)));
  }

  @Override
  public List<Task> list(TaskFilter filter) {
    return rows.locked(now ->
        rows.newestFirst().stream()
            .map(row -> row.seen(now))
            .filter(task -> shown(task, filter))
            .limit(filter.limit())
            .toList());
  }

  private static boolean shown(Task task, TaskFilter filter) {
    return (filter.owner() == null || filter.owner().equals(task.owner()))
        && (filter.status() == null || filter.status() == task.status())
        && (filter.type() == null || filter.type().equals(task.type()))
        && (filter.tag() == null || task.tags().contains(filter.tag()))
        && (filter.text() == null || contains(task.params(), filter.text()))
        && (filter.before() == null
            || Rows.BY_BYTES.compare(task.id().value(), filter.before().value()) < 0);
  }

  private static boolean contains(String params, String text) {
    return params.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  @Override
  public Cancelled cancel(TaskId id) {
    return rows.lockedWhenFree(
        id, now -> rows.task(id).map(row -> row.cancel(now)).orElseGet(Cancelled.Unknown::new));
  }

  @Override
  public Retried retry(TaskId id) {
    return rows.locked(
        now -> rows.task(id).map(row -> row.retry(now)).orElseGet(Retried.Unknown::new));
  }

  @Override
  public List<AttemptRecord> attempts(TaskId id) {
    return rows.locked(_ -> rows.task(id).map(row -> row.trail().attempts()).orElse(List.of()));
  }
}
