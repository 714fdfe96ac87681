package dev.errand.engine.problem;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.List;

/// Everything a caller can be refused for. The doors render it as RFC 9457 problem details.
public sealed interface Problem {

  record TaskNotFound(TaskId task) implements Problem {}

  /// @param what the kind of thing, and its id where one was named, such as "page" or "batch: 7f"
  record NotFound(String what) implements Problem {}

  record Conflict(String detail) implements Problem {}

  record IdempotencyKeyReused(TaskId task) implements Problem {}

  record InvalidTask(List<Violation> violations) implements Problem {}

  /// @param violations pointing into the body of the whole batch
  record InvalidBatch(List<Violation> violations) implements Problem {}

  record InvalidSchedule(List<Violation> violations) implements Problem {}

  record InvalidWebhook(List<Violation> violations) implements Problem {}

  record BadRequest(String detail) implements Problem {}

  /// @param limitBytes the most that would have been taken
  record TooLarge(String what, long limitBytes) implements Problem {}

  record ArtifactTooLarge(long limitBytes) implements Problem {}

  record Unauthorized(String detail) implements Problem {}

  record Forbidden(String detail) implements Problem {}

  record RateLimited(Duration retryAfter) implements Problem {}

  /// However long the caller waits, so many tasks at once are too many.
  ///
  /// @param limit tasks of one batch at most
  record BatchBeyondRate(int limit) implements Problem {}

  record Unavailable(Duration retryAfter) implements Problem {}

  /// This problem as something to throw.
  default Refused refused() {
    return new Refused(this);
  }

  /// Carries a problem to the edge where it is rendered.
  final class Refused extends RuntimeException {
    private final Problem problem;

    Refused(Problem problem) {
      super(problem.toString(), null, false, false);
      this.problem = problem;
    }

    public Problem problem() {
      return problem;
    }
  }
}
