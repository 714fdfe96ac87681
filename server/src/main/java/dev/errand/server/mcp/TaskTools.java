package dev.errand.server.mcp;

import dev.errand.engine.access.Scope;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import dev.errand.server.event.LiveStreams;
import dev.errand.server.json.Fields;
import dev.errand.server.research.SomethingToRead;
import dev.errand.server.task.SubmissionReader;
import dev.errand.server.task.Submitting;
import dev.errand.server.task.TaskQuery;
import dev.errand.server.task.TaskWaiter;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What the tools do, by the ways that every door goes: what is submitted is checked, counted and
/// paid as anywhere, and somebody else's task does not exist. Thread-safe.
public final class TaskTools {
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);
  private static final String WAIT = "wait_seconds";
  private static final String KEY = "idempotency_key";

  private final Tasks tasks;
  private final Submitting submitting;
  private final SomethingToRead somethingToRead;
  private final Waiting waiting;
  private final TaskAnswers answers;

  /// How a tool waits for a task.
  public record Waiting(TaskWaiter waiter, LiveStreams streams) {}

  public TaskTools(
      Tasks tasks,
      Submitting submitting,
      SomethingToRead somethingToRead,
      Waiting waiting,
      TaskAnswers answers) {
    this.tasks = tasks;
    this.submitting = submitting;
    this.somethingToRead = somethingToRead;
    this.waiting = waiting;
    this.answers = answers;
  }

  CallToolResult submit(ToolCall call, McpTools.Work work) {
    call.require(Scope.TASKS_WRITE);
    Fields fields = call.fields();
    Duration patience = patience(fields, work.patience());
    Optional<String> key = fields.text(KEY);
    ToolCall.refuseBad(fields);
    ObjectNode params = call.arguments().deepCopy().remove(List.of(WAIT, KEY));
    somethingToRead.require(work.type(), params);
    Task task =
        submitting.take(
            call.caller(),
            call.trace(),
            key.orElse(null),
            SubmissionReader.unfolded(work.type(), params),
            Submitting::withoutParams);
    return answers.outcome(awaited(call, task, patience));
  }

  CallToolResult status(ToolCall call) {
    Fields fields = call.fields().only(List.of("task_id"));
    Task task = tasks.find(call.caller(), call.task(fields));
    return answers.whole(task, tasks.outlook(task));
  }

  CallToolResult result(ToolCall call) {
    Fields fields = call.fields().only(List.of("task_id", WAIT, "artifact", "offset"));
    Duration patience = patience(fields, Duration.ZERO);
    Optional<String> artifact = fields.text("artifact");
    long offset = fields.whole("offset").orElse(0L);
    if (offset < 0) {
      fields.refuse("offset", "must be 0 or more");
    }
    TaskId id = call.task(fields);
    Task task = tasks.find(call.caller(), id);
    if (artifact.isEmpty() && offset == 0) {
      return answers.outcome(awaited(call, task, patience));
    }
    return answers.text(task, artifact, offset);
  }

  CallToolResult cancel(ToolCall call) {
    call.require(Scope.TASKS_WRITE);
    Fields fields = call.fields().only(List.of("task_id"));
    return answers.whole(tasks.cancel(call.caller(), call.task(fields)), Optional.empty());
  }

  CallToolResult list(ToolCall call) {
    Map<String, String> query = new HashMap<>();
    call.arguments()
        .properties()
        .forEach(one -> {
          if (!one.getValue().isNull()) {
            query.put(one.getKey(), text(one.getKey(), one.getValue()));
          }
        });
    return answers.page(
        TaskQuery.of(query, call.caller(), "status", "type", "tag", "q")
            .list(tasks, call.caller()));
  }

  private static String text(String name, JsonNode value) {
    if (!value.isValueNode()) {
      throw new Problem.BadRequest(name + " must be a text or a number.").refused();
    }
    return value.asString();
  }

  private static Duration patience(Fields fields, Duration otherwise) {
    long seconds = fields.whole(WAIT).orElse(otherwise.toSeconds());
    if (seconds < 0 || seconds > LONGEST_WAIT.toSeconds()) {
      fields.refuse(WAIT, "must be 0 to %d".formatted(LONGEST_WAIT.toSeconds()));
    }
    return Duration.ofSeconds(seconds);
  }

  /// The task once it has ended, or as it stands when patience ends or the server stops.
  private Task awaited(ToolCall call, Task task, Duration patience) {
    if (task.status().terminal() || patience.isZero()) {
      return task;
    }
    AtomicReference<@Nullable Task> ended = new AtomicReference<>();
    waiting
        .streams()
        .run(() ->
            ended.set(waiting.waiter().end(task.id(), patience, call.progress()).orElse(task)));
    return Objects.requireNonNullElse(ended.get(), task);
  }
}
