package dev.errand.client;

import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A task as the server described it.
///
/// @param status one of `pending queued running retrying completed failed cancelled`
/// @param progress percent, 0 to 100
/// @param currentStep absent between steps
/// @param steps names of the finished steps, in the order in which they finished
/// @param result what the handler returned, absent until the task completed
/// @param error why the task failed, or why its latest attempt did
/// @param json everything the server said, with what this client has no name for
public record Task(
    String id,
    String type,
    String status,
    int progress,
    @Nullable String currentStep,
    List<String> steps,
    int attempt,
    int maxRetries,
    @Nullable Instant createdAt,
    @Nullable Instant startedAt,
    @Nullable Instant finishedAt,
    @Nullable JsonNode result,
    @Nullable TaskError error,
    JsonNode json) {
  private static final Set<String> TERMINAL = Set.of("completed", "failed", "cancelled");

  public Task {
    steps = List.copyOf(steps);
  }

  /// Why a task or an attempt failed.
  ///
  /// @param code stable and machine-readable
  public record TaskError(String code, String message) {
    static @Nullable TaskError of(JsonNode json) {
      return json.isObject()
          ? new TaskError(json.path("code").asString(), json.path("message").asString())
          : null;
    }
  }

  /// Whether the task has ended; only a retry sets it going again.
  public boolean ended() {
    return TERMINAL.contains(status);
  }

  public boolean completed() {
    return status.equals("completed");
  }

  /// When it should have ended; absent when nobody can tell, and in lists.
  public @Nullable Instant estimatedCompletion() {
    return Json.instant(json, "estimated_completion");
  }

  /// Ids of the artifacts that the result names; empty until the task completed.
  public List<String> artifactIds() {
    return result == null ? List.of() : Json.list(result.path("artifact_ids"), JsonNode::asString);
  }

  static Task of(JsonNode json) {
    JsonNode result = json.path("result");
    return new Task(
        json.path("id").asString(),
        json.path("type").asString(),
        json.path("status").asString(),
        json.path("progress").asInt(0),
        Json.text(json, "current_step"),
        Json.list(json.path("steps"), Task::stepName),
        json.path("attempt").asInt(0),
        json.path("max_retries").asInt(0),
        Json.instant(json, "created_at"),
        Json.instant(json, "started_at"),
        Json.instant(json, "finished_at"),
        result.isMissingNode() || result.isNull() ? null : result,
        TaskError.of(json.path("error")),
        json);
  }

  private static String stepName(JsonNode step) {
    return step.isObject() ? step.path("name").asString() : step.asString();
  }
}
