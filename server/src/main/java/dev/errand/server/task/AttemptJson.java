package dev.errand.server.task;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.access.Caller;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.TaskError;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An attempt as the API shows it.
///
/// @param outcome absent while it runs
public record AttemptJson(
    int number,
    String worker,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    @Nullable ErrorJson error) {

  static AttemptJson of(AttemptRecord attempt, Caller caller) {
    return new AttemptJson(
        attempt.number(),
        attempt.worker(),
        attempt.startedAt(),
        attempt.endedAt(),
        attempt.outcome(),
        attempt.error() == null ? null : ErrorJson.of(attempt.error(), caller));
  }

  /// @param stackTrace for administrators only
  public record ErrorJson(
      String code,
      String message,
      @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String stackTrace) {

    static ErrorJson of(TaskError error, Caller caller) {
      return new ErrorJson(
          error.code(), error.message(), caller.admin() ? error.stackTrace() : null);
    }
  }
}
