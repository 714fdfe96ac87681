package dev.errand.testkit.memory;

import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Why a task waits, and how long such tasks take.
record InMemoryOutlook(Rows rows, Instant now) {
  private static final int RECENT = 1000;
  private static final int ALIKE = 50;

  Outlook of(TaskRow row) {
    boolean runs = row.holder() != null;
    return new Outlook(
        now,
        runs ? null : waiting(row, row.seen(now)),
        runs ? row.trail().attempts().getLast().startedAt() : null,
        usual(row.seen(now)));
  }

  private Waiting waiting(TaskRow row, Task task) {
    Collection<TaskRow> open = rows.unended();
    List<TaskRow> running = open.stream().filter(one -> one.holder() != null).toList();
    if (task.dueAt().isAfter(now)) {
      return task.status() == TaskStatus.RETRYING
          ? new Waiting.RetryBackoff(task.dueAt())
          : new Waiting.NotDue(task.dueAt());
    }
    if (rows.line().paused(task.queue())) {
      return new Waiting.QueuePaused(task.queue());
    }
    int slots = slots(task.type());
    if (slots == 0) {
      return new Waiting.NoWorkerForType(task.type());
    }
    if (rows.line().room(task.queue(), running) <= 0) {
      int limit = Objects.requireNonNull(rows.line().limit(task.queue()).all());
      return new Waiting.QueueLimit(task.queue(), limit);
    }
    String key = row.concurrencyKey();
    if (key != null && rows.line().keyRoom(row, row.place(), running) <= 0) {
      return new Waiting.ConcurrencyKey(key, rows.line().limit(task.queue()).sameKey());
    }
    return new Waiting.InLine(before(row, open), slots);
  }

  private int slots(String type) {
    return rows.sessions().stream()
        .filter(session -> rows.open(session) && !session.expired(now))
        .filter(session -> session.types().contains(type))
        .mapToInt(InMemorySession::concurrency)
        .sum();
  }

  private int before(TaskRow row, Collection<TaskRow> open) {
    return (int)
        open.stream()
            .filter(other -> other.waiting() && other.inLine())
            .filter(other -> other.place().equals(row.place()))
            .filter(other -> Rows.ORDER_OF_SERVICE.compare(other, row) < 0)
            .limit(Waiting.InLine.COUNTED)
            .count();
  }

  private @Nullable Duration usual(Task task) {
    List<Duration> durations =
        rows.newestFirst().stream()
            .filter(row -> row.seen(now).status().terminal())
            .filter(row -> row.seen(now).owner().equals(task.owner()))
            .limit(RECENT)
            .filter(row -> row.type().equals(task.type()))
            .filter(row -> row.seen(now).status() == TaskStatus.COMPLETED)
            .limit(ALIKE)
            .map(row -> duration(row.trail().attempts().getLast()))
            .sorted()
            .toList();
    int size = durations.size();
    return size == 0
        ? null
        : durations.get((size - 1) / 2).plus(durations.get(size / 2)).dividedBy(2);
  }

  private static Duration duration(AttemptRecord attempt) {
    return Duration.between(attempt.startedAt(), Objects.requireNonNull(attempt.endedAt()));
  }
}
