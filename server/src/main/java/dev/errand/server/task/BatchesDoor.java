package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Batch;
import dev.errand.engine.task.Submission;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Tasks;
import dev.errand.engine.task.Tasks.NewBatch;
import dev.errand.server.json.JsonBodies;
import dev.errand.server.limits.SubmissionRate;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/// `/tasks/batch` and `/batches`: up to a thousand tasks at once, and how they stand together.
@RestController
public final class BatchesDoor {
  private static final long MAX_BYTES = 8 * JsonBodies.MAX_BYTES;

  private final Tasks tasks;
  private final SubmissionRate rate;
  private final JsonBodies bodies;

  public BatchesDoor(Tasks tasks, SubmissionRate rate, JsonBodies bodies) {
    this.tasks = tasks;
    this.rate = rate;
    this.bodies = bodies;
  }

  /// @param taskIds in the order in which the tasks were given
  public record AcceptedJson(String batchId, List<String> taskIds) {
    static AcceptedJson of(NewBatch batch) {
      return new AcceptedJson(
          batch.id().toString(), batch.tasks().stream().map(TaskId::toString).toList());
    }
  }

  @PostMapping("/tasks/batch")
  ResponseEntity<AcceptedJson> submit(
      Caller caller,
      Trace trace,
      @RequestHeader(name = Submitting.IDEMPOTENCY_KEY, required = false) @Nullable String key,
      HttpServletRequest request)
      throws IOException {
    List<Submission> submissions = BatchReader.read(body(request), key, trace.traceId());
    rate.count(caller, submissions.size());
    NewBatch batch = tasks.submitAll(caller, submissions);
    return ResponseEntity.accepted()
        .location(URI.create("/batches/" + batch.id()))
        .body(AcceptedJson.of(batch));
  }

  private ObjectNode body(HttpServletRequest request) throws IOException {
    try {
      return bodies.readObject(request, MAX_BYTES);
    } catch (Problem.Refused refused) {
      throw refused.problem() instanceof Problem.InvalidTask(var violations)
          ? new Problem.InvalidBatch(violations).refused()
          : refused;
    }
  }

  /// @param counts how many tasks have each status
  /// @param progress percent, 0 to 100: the mean over the tasks
  public record BatchJson(
      String id, String owner, int total, Map<String, Integer> counts, int progress) {
    static BatchJson of(Batch batch) {
      Map<String, Integer> counts = new LinkedHashMap<>();
      for (TaskStatus status : TaskStatus.values()) {
        counts.put(status.toString(), batch.count(status));
      }
      return new BatchJson(
          batch.id().toString(), batch.owner(), batch.total(), counts, batch.progress());
    }
  }

  @GetMapping("/batches/{id}")
  BatchJson find(Caller caller, @PathVariable("id") String id) {
    return BatchJson.of(tasks.batch(caller, named(id)));
  }

  /// What is no id names no batch.
  private static UUID named(String text) {
    return TaskId.parse(text)
        .map(TaskId::value)
        .orElseThrow(() -> new Problem.NotFound("batch: \"%s\"".formatted(text)).refused());
  }
}
