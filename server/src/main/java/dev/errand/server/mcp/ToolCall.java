package dev.errand.server.mcp;

import dev.errand.engine.access.Caller;
import dev.errand.engine.access.Scope;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.server.json.Fields;
import dev.errand.server.problem.Refusal;
import dev.errand.server.security.Identity;
import dev.errand.server.trace.Trace;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import tools.jackson.databind.node.ObjectNode;

/// One call of a tool.
///
/// @param arguments as they were given
/// @param progress hears how the task stands for which the call waits
record ToolCall(
    Caller caller, Identity identity, Trace trace, ObjectNode arguments, Consumer<Task> progress) {

  /// @throws Refusal.Refused unless the caller's key is good for it
  void require(Scope scope) {
    if (!identity.allows(scope)) {
      throw Refusal.of(
              HttpStatus.FORBIDDEN,
              "insufficient_scope",
              "This API key would need the scope %s for that.".formatted(scope))
          .refused();
    }
  }

  Fields fields() {
    return new Fields(arguments);
  }

  /// The task that the arguments name. What is no id names no task.
  TaskId task(Fields fields) {
    String text = fields.require("task_id").text("task_id").orElse("");
    refuseBad(fields);
    return TaskId.parse(text)
        .orElseThrow(() ->
            Refusal.of(
                    HttpStatus.NOT_FOUND,
                    "task_not_found",
                    "There is no task \"%s\".".formatted(text))
                .refused());
  }

  /// @throws Problem.Refused when anything was noted
  static void refuseBad(Fields fields) {
    if (!fields.violations().isEmpty()) {
      throw new Problem.InvalidTask(fields.violations()).refused();
    }
  }
}
