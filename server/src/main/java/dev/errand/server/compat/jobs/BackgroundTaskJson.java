package dev.errand.server.compat.jobs;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStatus;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies.LowerCamelCaseStrategy;
import tools.jackson.databind.annotation.JsonNaming;

/// A task as this door shows it: what its clients call an `EnhancedBackgroundTask`. What is not
/// known yet is left out.
///
/// @param status one of `queued processing completed failed cancelled retrying`
/// @param currentStepIndex of `steps`, from 0
/// @param queuedAt when it became due
@JsonNaming(LowerCamelCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
record BackgroundTaskJson(
    @JsonProperty("_id") String documentId,
    String taskId,
    String userId,
    @JsonInclude(JsonInclude.Include.ALWAYS) @Nullable String brandId,
    JobType type,
    JsonNode payload,
    String status,
    int progress,
    @Nullable String currentStep,
    List<Step> steps,
    @Nullable Integer currentStepIndex,
    String priority,
    Instant queuedAt,
    @Nullable Instant startedAt,
    @Nullable Instant completedAt,
    @Nullable Instant estimatedCompletion,
    @Nullable JsonNode result,
    @Nullable String lastError,
    int retryCount,
    int maxRetries,
    Instant createdAt,
    Instant updatedAt) {

  /// @param status one of `pending running completed failed`
  record Step(String name, String status) {}

  static String status(TaskStatus status) {
    return switch (status) {
      case PENDING, QUEUED -> "queued";
      case RUNNING -> "processing";
      case RETRYING -> "retrying";
      case COMPLETED -> "completed";
      case FAILED -> "failed";
      case CANCELLED -> "cancelled";
    };
  }

  /// When it became due, as far as its row still tells.
  static Instant queuedAt(Task task) {
    Instant started = task.startedAt();
    return started != null && task.dueAt().isAfter(started) ? task.createdAt() : task.dueAt();
  }
}
