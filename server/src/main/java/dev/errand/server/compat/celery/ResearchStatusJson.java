package dev.errand.server.compat.celery;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How a research stands.
///
/// @param info what the research said last, absent before it said anything and once it was revoked
/// @param resultLink where the result was published, once it was
/// @param error only of a research that failed
public record ResearchStatusJson(
    String jobId,
    State status,
    @Nullable Info info,
    @Nullable String progressMessage,
    @Nullable String currentPhase,
    @Nullable String resultLink,
    @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String error) {

  /// The words of Celery.
  public enum State {
    PENDING,
    STARTED,
    PROGRESS,
    SUCCESS,
    FAILURE,
    RETRY,
    REVOKED
  }

  /// @param progress percent
  /// @param error what went wrong, of an attempt or of the research as a whole
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Info(
      String message, @Nullable String currentPhase, int progress, @Nullable String error) {}

  /// A step's name for people.
  static String phase(String step) {
    return step.isEmpty()
        ? step
        : step.substring(0, 1).toUpperCase(Locale.ROOT) + step.substring(1);
  }
}
