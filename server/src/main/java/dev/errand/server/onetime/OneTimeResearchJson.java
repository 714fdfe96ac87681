package dev.errand.server.onetime;

import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStatus;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A one-time research as its door shows it.
///
/// @param status one of `pending queued running completed failed`
/// @param cloudTaskName under which Google Cloud Tasks knows it; absent where that is not in use
/// @param outputLogUrl where its log is, once it has ended
record OneTimeResearchJson(
    String id,
    String userId,
    String prompt,
    String status,
    @Nullable String cloudTaskName,
    @Nullable String outputLogUrl,
    @Nullable String errorMessage,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt) {

  /// @param address of what lies at a path of this server
  static OneTimeResearchJson of(Task task, JsonMapper json, UnaryOperator<String> address) {
    return new OneTimeResearchJson(
        task.id().toString(),
        task.owner(),
        json.readTree(task.params()).path("prompt").asString(""),
        status(task.status()),
        null,
        task.status().terminal() ? address.apply("/tasks/" + task.id() + "/log") : null,
        errorMessage(task),
        task.createdAt(),
        task.updatedAt(),
        task.startedAt(),
        task.finishedAt());
  }

  private static String status(TaskStatus status) {
    return switch (status) {
      case PENDING -> "pending";
      case QUEUED, RETRYING -> "queued";
      case RUNNING -> "running";
      case COMPLETED -> "completed";
      case FAILED, CANCELLED -> "failed";
    };
  }

  private static @Nullable String errorMessage(Task task) {
    if (task.status() == TaskStatus.CANCELLED) {
      return "The research was cancelled.";
    }
    return task.error() == null ? null : task.error().message();
  }
}
