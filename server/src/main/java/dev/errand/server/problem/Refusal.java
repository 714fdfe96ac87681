package dev.errand.server.problem;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.http.HttpStatus;

/// A problem in the words of HTTP: the engine's, and those that only HTTP knows.
///
/// @param code stable, in snake_case
/// @param headers that go with the answer, such as `Retry-After`
public record Refusal(
    HttpStatus status,
    String code,
    String detail,
    List<Violation> errors,
    Map<String, String> headers) {

  public Refusal {
    errors = List.copyOf(errors);
    headers = Map.copyOf(headers);
  }

  public static Refusal of(HttpStatus status, String code, String detail) {
    return new Refusal(status, code, detail, List.of(), Map.of());
  }

  /// A body that is JSON but not what was asked for.
  public static Refusal invalid(String code, List<Violation> violations) {
    String detail =
        violations.stream()
            .map(v ->
                "%s %s".formatted(v.pointer().isEmpty() ? "The body" : v.pointer(), v.detail()))
            .collect(Collectors.joining("; "));
    return new Refusal(HttpStatus.UNPROCESSABLE_CONTENT, code, detail + ".", violations, Map.of());
  }

  public static Refusal of(Problem problem) {
    return switch (problem) {
      case Problem.TaskNotFound(var task) ->
          of(HttpStatus.NOT_FOUND, "task_not_found", "There is no task %s.".formatted(task));
      case Problem.NotFound(var what) ->
          of(HttpStatus.NOT_FOUND, "not_found", "There is no such %s.".formatted(what));
      case Problem.Conflict(var detail) -> of(HttpStatus.CONFLICT, "conflict", detail);
      case Problem.IdempotencyKeyReused(var task) ->
          of(
              HttpStatus.CONFLICT,
              "idempotency_key_reused",
              ("This Idempotency-Key stands for task %s, which was submitted with another body."
                      + " Use a new key for a new task.")
                  .formatted(task));
      case Problem.InvalidTask(var violations) ->
          invalid("task_rejected_invalid_params", violations);
      case Problem.InvalidBatch(var violations) ->
          invalid("task_rejected_invalid_params", violations);
      case Problem.InvalidSchedule(var violations) -> invalid("invalid_schedule", violations);
      case Problem.InvalidWebhook(var violations) -> invalid("invalid_webhook", violations);
      case Problem.BadRequest(var detail) -> of(HttpStatus.BAD_REQUEST, "bad_request", detail);
      case Problem.TooLarge(var what, var limit) ->
          of(
              HttpStatus.CONTENT_TOO_LARGE,
              "too_large",
              "%s is larger than %d bytes.".formatted(what, limit));
      case Problem.ArtifactTooLarge(var limit) ->
          of(
              HttpStatus.CONTENT_TOO_LARGE,
              "artifact_size_exceeded",
              "An artifact may have %d bytes (TASK_MAX_ARTIFACT_MB=%d)."
                  .formatted(limit, limit >> 20));
      case Problem.Unauthorized(var detail) ->
          of(HttpStatus.UNAUTHORIZED, "unauthorized", detail)
              .with("WWW-Authenticate", "Bearer realm=\"errand\"");
      case Problem.Forbidden(var detail) -> of(HttpStatus.FORBIDDEN, "forbidden", detail);
      case Problem.RateLimited(var after) ->
          of(
                  HttpStatus.TOO_MANY_REQUESTS,
                  "rate_limit_exceeded",
                  "Too many tasks a minute (TASKS_PER_MINUTE); try again in %d s."
                      .formatted(wholeSeconds(after)))
              .with("Retry-After", String.valueOf(wholeSeconds(after)));
      case Problem.BatchBeyondRate(var limit) ->
          of(
              HttpStatus.UNPROCESSABLE_CONTENT,
              "batch_beyond_rate",
              "A batch may have %d tasks here (TASKS_PER_MINUTE); send smaller ones."
                  .formatted(limit));
      case Problem.Unavailable(var after) ->
          of(
                  HttpStatus.SERVICE_UNAVAILABLE,
                  "unavailable",
                  "Not possible just now: the server stops, or its database is away or busy; try"
                      + " again in %d s.".formatted(wholeSeconds(after)))
              .with("Retry-After", String.valueOf(wholeSeconds(after)));
    };
  }

  public Refusal with(String header, String value) {
    Map<String, String> more = new HashMap<>(headers);
    more.put(header, value);
    return new Refusal(status, code, detail, errors, more);
  }

  public ProblemJson toJson(String instance) {
    return new ProblemJson(
        "urn:errand:problem:" + code,
        status.getReasonPhrase(),
        status.value(),
        detail,
        code,
        errors,
        instance);
  }

  /// This refusal as something to throw.
  public Refused refused() {
    return new Refused(this);
  }

  private static long wholeSeconds(Duration duration) {
    return Math.max(1, duration.plusMillis(999).toSeconds());
  }

  /// Carries a refusal to the edge where it is rendered.
  public static final class Refused extends RuntimeException {
    private final Refusal refusal;

    Refused(Refusal refusal) {
      super(refusal.toString(), null, false, false);
      this.refusal = refusal;
    }

    public Refusal refusal() {
      return refusal;
    }
  }
}
