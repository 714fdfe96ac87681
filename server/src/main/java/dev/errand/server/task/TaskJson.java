package dev.errand.server.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Waiting;
import dev.errand.server.budget.BudgetJson;
import dev.errand.server.budget.SpentJson;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A task as the API shows it: the one place where a task becomes JSON.
///
/// @param callbackUrl where its end is told, as a webhook is; only where one task is shown that has
///   one
/// @param queuedAt when it became due, absent while it waits for that
/// @param runAt when it may start, or start again
/// @param expiresAt when it fails unless it was started before; only where it has such a time, and
///   until its first start
/// @param estimatedCompletion absent when nobody can tell, and in lists
/// @param waitingFor why it does not run yet; only where one task is asked for, and while it waits
/// @param result absent until completed
/// @param spent in all attempts; only where one task is shown
/// @param budget what all attempts may spend, its own or the installation's, and how it stands;
///   only where one task is shown that has a limit
public record TaskJson(
    String id,
    String type,
    String status,
    JsonNode params,
    String priority,
    int progress,
    @Nullable String currentStep,
    List<StepJson> steps,
    int attempt,
    int maxRetries,
    long timeoutSeconds,
    String queue,
    List<String> tags,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String callbackUrl,
    String owner,
    boolean cancelRequested,
    Instant runAt,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Instant expiresAt,
    @Nullable Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable Instant estimatedCompletion,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable WaitingJson waitingFor,
    @Nullable JsonNode result,
    @Nullable ErrorJson error,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable SpentJson spent,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable BudgetJson budget,
    Instant createdAt,
    Instant updatedAt,
    Links links) {

  static TaskJson of(
      Task task,
      JsonNode params,
      List<StepJson> steps,
      @Nullable JsonNode result,
      @Nullable Outlook outlook,
      @Nullable String callbackUrl,
      @Nullable SpentJson spent,
      @Nullable BudgetJson budget) {
    Waiting waiting = outlook == null ? null : outlook.waiting();
    return new TaskJson(
        task.id().toString(),
        task.type(),
        task.status().toString(),
        params,
        task.priority().toString(),
        task.progress(),
        task.currentStep(),
        steps,
        task.attempt(),
        task.maxRetries(),
        task.timeout().toSeconds(),
        task.queue(),
        task.tags(),
        callbackUrl,
        task.owner(),
        task.cancelRequested(),
        task.dueAt(),
        task.expiresAt(),
        queuedAt(task),
        task.startedAt(),
        task.finishedAt(),
        outlook == null ? null : outlook.expectedEnd(task).orElse(null),
        waiting == null ? null : WaitingJson.of(waiting, task.expiresAt()),
        result,
        task.error() == null ? null : ErrorJson.of(task.error()),
        spent,
        budget,
        task.createdAt(),
        task.updatedAt(),
        Links.of(task));
  }

  private static @Nullable Instant queuedAt(Task task) {
    if (task.status() == TaskStatus.PENDING) {
      return null;
    }
    // After a first attempt, what is due is the next one.
    boolean startedSince = task.startedAt() != null && task.dueAt().isAfter(task.startedAt());
    return startedSince ? task.createdAt() : task.dueAt();
  }

  /// @param message what happened and, where it helps, what to do
  public record ErrorJson(String code, String message) {
    static ErrorJson of(TaskError error) {
      return new ErrorJson(error.code(), error.message());
    }
  }

  /// Where to go from here; `cancel` and `retry` only while they are possible.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Links(
      String self,
      String events,
      String log,
      String attempts,
      @Nullable String cancel,
      @Nullable String retry) {

    static Links of(Task task) {
      String self = "/tasks/" + task.id();
      boolean failedOrCancelled =
          task.status() == TaskStatus.FAILED || task.status() == TaskStatus.CANCELLED;
      return new Links(
          self,
          self + "/events",
          self + "/log",
          self + "/attempts",
          task.status().terminal() ? null : self + "/cancel",
          failedOrCancelled ? self + "/retry" : null);
    }
  }
}
