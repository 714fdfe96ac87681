package dev.errand.server.compat.researches;

import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.task.Task;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// One execution of an infinite research.
///
/// @param id of the execution's task, absent when there never was one
/// @param status one of `pending queued running completed failed`, `skipped` for a moment that was
///   left out, and `expired` when the execution is no longer kept
/// @param dueAt the moment it is for
/// @param errorMessage why it failed or was left out
record ExecutionJson(
    @Nullable String id,
    String infiniteResearchId,
    String status,
    Instant dueAt,
    @Nullable String outputLogUrl,
    @Nullable String errorMessage,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /// @param task empty when there is none, or none any more
  static ExecutionJson of(ScheduleRun run, Optional<Task> task, UnaryOperator<String> address) {
    return new ExecutionJson(
        run.task() == null ? null : run.task().toString(),
        run.schedule().toString(),
        task.map(found -> ResearchWords.status(found.status()))
            .orElseGet(() -> status(run.status())),
        run.moment(),
        task.filter(found -> found.status().terminal())
            .map(found -> address.apply("/tasks/" + found.id() + "/log"))
            .orElse(null),
        task.map(ResearchWords::errorMessage).orElse(run.note()),
        task.map(Task::startedAt).orElse(null),
        task.map(Task::finishedAt).orElse(null));
  }

  private static String status(ScheduleRun.Status status) {
    return switch (status) {
      case WAITING -> "pending";
      case SUBMITTED -> "expired";
      case SKIPPED -> "skipped";
    };
  }
}
