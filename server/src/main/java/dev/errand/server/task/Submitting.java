package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Submission;
import dev.errand.engine.task.Tasks;
import dev.errand.server.limits.SubmissionRate;
import dev.errand.server.trace.Trace;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/// How every door takes a task: `202`, the task and where to find it.
public final class Submitting {
  /// The header by which a caller makes a submission safe to repeat.
  public static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final Tasks tasks;
  private final TaskRenderer renderer;
  private final SubmissionRate rate;

  public Submitting(Tasks tasks, TaskRenderer renderer, SubmissionRate rate) {
    this.tasks = tasks;
    this.renderer = renderer;
    this.rate = rate;
  }

  ResponseEntity<TaskJson> submit(
      Caller caller, Trace trace, @Nullable String idempotencyKey, ObjectNode body) {
    return accept(caller, SubmissionReader.read(body, idempotencyKey, trace.traceId()));
  }

  /// Takes a task whose params are the body itself, with the options of a submission among them.
  public ResponseEntity<TaskJson> submitFlat(
      Caller caller, Trace trace, @Nullable String idempotencyKey, String type, ObjectNode body) {
    try {
      return accept(caller, SubmissionReader.readFlat(type, body, idempotencyKey, trace.traceId()));
    } catch (Problem.Refused refused) {
      throw refused.problem() instanceof Problem.InvalidTask(var violations)
          ? new Problem.InvalidTask(withoutParams(violations)).refused()
          : refused;
    }
  }

  private ResponseEntity<TaskJson> accept(Caller caller, Submission submission) {
    rate.count(caller);
    TaskJson task = renderer.render(tasks.submit(caller, submission));
    return ResponseEntity.accepted().location(URI.create(task.links().self())).body(task);
  }

  /// Points into the body as it was sent.
  private static List<Violation> withoutParams(List<Violation> violations) {
    return violations.stream()
        .map(v -> new Violation(v.pointer().replaceFirst("^/params(?=/|$)", ""), v.detail()))
        .toList();
  }
}
