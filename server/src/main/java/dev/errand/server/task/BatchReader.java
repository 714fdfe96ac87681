package dev.errand.server.task;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Batch;
import dev.errand.engine.task.Submission;
import dev.errand.server.json.Fields;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Reads what a caller submits together, and names what is wrong with any of it.
final class BatchReader {
  private BatchReader() {}

  /// @param body `{tasks: [{type, params, …}, …]}`
  /// @param idempotencyKey the batch's, which its first task carries
  /// @throws Problem.Refused naming each bad field of each task
  static List<Submission> read(ObjectNode body, @Nullable String idempotencyKey, String traceId) {
    ArrayNode tasks = tasks(body);
    List<Submission> submissions = new ArrayList<>();
    List<Violation> violations = new ArrayList<>();
    for (int i = 0; i < tasks.size(); i++) {
      try {
        submissions.add(task(tasks.get(i), i == 0 ? idempotencyKey : null, traceId));
      } catch (Problem.Refused refused) {
        violations.addAll(within("/tasks/" + i, refused));
      }
    }
    if (!violations.isEmpty()) {
      throw new Problem.InvalidBatch(violations).refused();
    }
    return submissions;
  }

  private static ArrayNode tasks(ObjectNode body) {
    Fields fields = new Fields(body).only(List.of("tasks")).require("tasks");
    JsonNode tasks = body.path("tasks");
    if (fields.has("tasks")
        && (!tasks.isArray() || tasks.isEmpty() || tasks.size() > Batch.MAX_TASKS)) {
      fields.refuse("tasks", "must be an array of 1 to %d tasks".formatted(Batch.MAX_TASKS));
    }
    if (!fields.violations().isEmpty()) {
      throw new Problem.InvalidBatch(fields.violations()).refused();
    }
    return (ArrayNode) tasks;
  }

  private static Submission task(JsonNode task, @Nullable String key, String traceId) {
    if (!(task instanceof ObjectNode object)) {
      throw new Problem.InvalidTask(List.of(new Violation("", "must be an object"))).refused();
    }
    return SubmissionReader.read(object, key, traceId);
  }

  /// What is wrong with a task, pointing into the batch; the key belongs to no task.
  private static List<Violation> within(String place, Problem.Refused refused) {
    if (!(refused.problem() instanceof Problem.InvalidTask(var violations))) {
      throw refused;
    }
    return violations.stream()
        .map(one ->
            one.pointer().equals("/" + Submitting.IDEMPOTENCY_KEY)
                ? one
                : new Violation(place + one.pointer(), one.detail()))
        .toList();
  }
}
