package dev.errand.server.compat.researches;

import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStatus;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// A one-time research as its door shows it.
///
/// @param status one of `pending queued running completed failed`
/// @param cloudTaskName under which the queue that carries it knows it, which is Errand's own;
///   absent until it is queued
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
        ResearchWords.status(task.status()),
        cloudTaskName(task),
        task.status().terminal() ? address.apply("/tasks/" + task.id() + "/log") : null,
        ResearchWords.errorMessage(task),
        task.createdAt(),
        task.updatedAt(),
        task.startedAt(),
        task.finishedAt());
  }

  /// In the form of Cloud Tasks' resource names, without a project and a location.
  private static @Nullable String cloudTaskName(Task task) {
    return task.status() == TaskStatus.PENDING
        ? null
        : "queues/%s/tasks/%s".formatted(task.queue(), task.id());
  }
}
