package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Submission;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.Tasks;
import dev.errand.engine.task.Tasks.NewBatch;
import dev.errand.server.limits.SubmissionRate;
import dev.errand.server.trace.Trace;
import java.net.URI;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import tools.jackson.databind.node.ObjectNode;

/// How every door takes a task.
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

  Task submit(Caller caller, Trace trace, @Nullable String idempotencyKey, ObjectNode body) {
    return accept(caller, SubmissionReader.read(body, idempotencyKey, trace.traceId()));
  }

  /// Takes a task whose params are the body itself, with the options of a submission among them:
  /// `202`, the task and where to find it.
  public ResponseEntity<TaskJson> submitFlat(
      Caller caller, Trace trace, @Nullable String idempotencyKey, String type, ObjectNode body) {
    try {
      TaskJson task =
          renderer.render(
              accept(
                  caller, SubmissionReader.readFlat(type, body, idempotencyKey, trace.traceId())));
      return ResponseEntity.accepted().location(URI.create(task.links().self())).body(task);
    } catch (Problem.Refused refused) {
      throw pointing(refused, Submitting::withoutParams);
    }
  }

  /// Takes a task that another door has put into the words of this API.
  ///
  /// @param submission as `POST /tasks` takes it
  /// @param pointers from a place in `submission` to the one in the body as it was sent
  public Task take(
      Caller caller,
      Trace trace,
      @Nullable String idempotencyKey,
      ObjectNode submission,
      UnaryOperator<String> pointers) {
    try {
      return submit(caller, trace, idempotencyKey, submission);
    } catch (Problem.Refused refused) {
      throw pointing(refused, pointers);
    }
  }

  /// As [#take], for tasks of one batch: all of them or none.
  ///
  /// @param pointers from a place in the batch, such as `/tasks/2/params/topic`, to the one in the
  ///   body as it was sent
  public NewBatch takeAll(
      Caller caller,
      Trace trace,
      @Nullable String idempotencyKey,
      ObjectNode batch,
      UnaryOperator<String> pointers) {
    try {
      List<Submission> read = BatchReader.read(batch, idempotencyKey, trace.traceId());
      rate.count(caller, read.size());
      return tasks.submitAll(caller, read);
    } catch (Problem.Refused refused) {
      throw pointing(refused, pointers);
    }
  }

  private Task accept(Caller caller, Submission submission) {
    rate.count(caller);
    return tasks.submit(caller, submission);
  }

  private static Problem.Refused pointing(Problem.Refused refused, UnaryOperator<String> pointers) {
    return switch (refused.problem()) {
      case Problem.InvalidTask(var found) ->
          new Problem.InvalidTask(moved(found, pointers)).refused();
      case Problem.InvalidBatch(var found) ->
          new Problem.InvalidBatch(moved(found, pointers)).refused();
      default -> refused;
    };
  }

  private static List<Violation> moved(List<Violation> found, UnaryOperator<String> pointers) {
    return found.stream()
        .map(one -> new Violation(pointers.apply(one.pointer()), one.detail()))
        .toList();
  }

  /// Where the field of flat params stands that `pointer` shows in a submission.
  public static String withoutParams(String pointer) {
    return pointer.replaceFirst("^/params(?=/|$)", "");
  }
}
