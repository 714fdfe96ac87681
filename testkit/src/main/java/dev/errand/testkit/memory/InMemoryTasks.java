package dev.errand.testkit.memory;

import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Batch;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.webhook.Carrier;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Tasks in memory.
record InMemoryTasks(Rows rows) implements TaskStore {
  private static final Comparator<AttemptRecord> OLDEST_FIRST =
      Comparator.comparing(AttemptRecord::startedAt).thenComparingInt(AttemptRecord::number);

  @Override
  public List<Submitted> submit(List<NewTask> tasks) {
    return rows.locked(now -> {
      Map<UUID, Submitted> refused = new HashMap<>();
      tasks.stream()
          .filter(task -> task.batch() != null)
          .forEach(
              task -> rows.standsFor(task).ifPresent(known -> refused.put(task.batch(), known)));
      return tasks.stream()
          .map(task ->
              refused.containsKey(task.batch())
                  ? refused.get(task.batch())
                  : rows.submit(task, now))
          .toList();
    });
  }

  @Override
  public Optional<Task> find(TaskId id) {
    return rows.locked(now -> rows.task(id).map(row -> row.seen(now)));
  }

  @Override
  public Optional<Outlook> outlook(TaskId id) {
    return rows.locked(now ->
        rows.task(id)
            .filter(row -> row.waiting() || row.holder() != null)
            .map(new InMemoryOutlook(rows, now)::of));
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
        && (filter.type() == null
            ? !task.type().equals(Carrier.TYPE)
            : filter.type().equals(task.type()))
        && (filter.tag() == null || task.tags().contains(filter.tag()))
        && (filter.text() == null || contains(task.params(), filter.text()))
        && (filter.before() == null
            || Rows.BY_BYTES.compare(task.id().value(), filter.before().value()) < 0);
  }

  private static boolean contains(String params, String text) {
    return params.toLowerCase(Locale.ROOT).contains(text.toLowerCase(Locale.ROOT));
  }

  @Override
  public Optional<Batch> batch(UUID id) {
    return rows.locked(now -> {
      List<Task> tasks = rows.ofBatch(id).stream().map(row -> row.seen(now)).toList();
      return tasks.isEmpty() ? Optional.empty() : Optional.of(batch(id, tasks));
    });
  }

  static Batch batch(UUID id, List<Task> tasks) {
    return new Batch(
        id,
        tasks.getFirst().owner(),
        tasks.stream().collect(Collectors.toMap(Task::status, _ -> 1, Integer::sum)),
        tasks.stream().mapToInt(task -> task.status().terminal() ? 100 : task.progress()).sum()
            / tasks.size());
  }

  @Override
  public List<TaskId> inBatch(UUID id) {
    return rows.locked(_ -> rows.ofBatch(id).stream().map(TaskRow::id).toList());
  }

  @Override
  public Cancelled cancel(TaskId id) {
    return rows.lockedWhenFree(
        id, now -> rows.task(id).map(row -> row.cancel(now)).orElseGet(Cancelled.Unknown::new));
  }

  @Override
  public List<Expired> expire(int limit) {
    return rows.locked(now ->
        rows.unended().stream()
            .filter(row -> row.expired(now) && rows.free(row.id()))
            .limit(limit)
            .peek(row -> row.expire(now))
            .map(row -> new Expired(row.id(), row.type()))
            .toList());
  }

  @Override
  public Retried retry(TaskId id) {
    return rows.locked(
        now -> rows.task(id).map(row -> row.retry(now)).orElseGet(Retried.Unknown::new));
  }

  @Override
  public List<Task> deadLetters(DeadLetterFilter filter, int limit) {
    return list(
        new TaskFilter(
            filter.owner(), TaskStatus.FAILED, filter.type(), null, null, filter.before(), limit));
  }

  @Override
  public List<TaskId> retryFailed(List<TaskId> ids, @Nullable String owner) {
    return rows.locked(now ->
        ids.stream()
            .flatMap(id -> rows.task(id).stream())
            .filter(row -> failed(row.seen(now), owner))
            .peek(row -> row.retry(now))
            .map(TaskRow::id)
            .toList());
  }

  private static boolean failed(Task task, @Nullable String owner) {
    return task.status() == TaskStatus.FAILED && (owner == null || owner.equals(task.owner()));
  }

  @Override
  public List<AttemptRecord> attempts(TaskId id) {
    return rows.locked(_ ->
        rows.task(id).map(row -> row.trail().attempts()).orElse(List.of()).stream()
            .sorted(OLDEST_FIRST)
            .toList());
  }
}
