package dev.errand.cli.command;

import dev.errand.cli.view.OperatorText;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Task;
import dev.errand.client.TaskPage;
import java.util.List;
import tools.jackson.databind.node.ObjectNode;

/// Lists tasks that failed, or sets them going again.
final class DeadLettersCommand extends ServerCommand {
  private static final int USUAL = 50;
  private static final int MOST = 200;

  @Override
  public Usage usage() {
    return new Usage(
        "dead-letters",
        "",
        "List your tasks that failed and why, newest first, or retry them.",
        "With --retry, those that would be listed go back to their queues; steps that they have"
            + " finished are not run again.",
        List.of(
            "dead-letters",
            "dead-letters --type research --limit 5",
            "dead-letters --type research --retry"));
  }

  @Override
  public void options(OptionList options) {
    options
        .value("type", "TYPE", "Only tasks of this type.")
        .value("limit", "N", "How many, 1 to 200; 50 when not given.")
        .flag("retry", "Set them going again.")
        .json("Print the list as JSON; with --retry, the ids of those that were put back.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    arguments.noOperands();
    TaskPage page =
        client.deadLetters(arguments.value("type"), arguments.number("limit", USUAL, 1, MOST));
    if (arguments.has("retry")) {
      retry(page, arguments.has("json"), around, client);
    } else if (arguments.has("json")) {
      around.terminal().print(Json.pretty(page.json()));
    } else if (page.tasks().isEmpty()) {
      around.terminal().note("No task has failed.");
    } else {
      OperatorText.deadLetters(page.tasks()).forEach(around.terminal().out()::println);
    }
    return ExitCode.DONE;
  }

  private static void retry(TaskPage page, boolean json, Surroundings around, ErrandClient client) {
    List<String> failed = page.tasks().stream().map(Task::id).toList();
    List<String> retried = failed.isEmpty() ? List.of() : client.retryFailed(failed);
    if (json) {
      ObjectNode document = Json.object().put("retried", retried.size());
      document.set("task_ids", Json.array(retried));
      around.terminal().print(Json.pretty(document));
    } else {
      around.terminal().print("Tasks set going again: " + retried.size());
      if (page.nextCursor() != null) {
        around.terminal().note("There are more.");
      }
    }
  }
}
