package dev.errand.cli.command;

import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Task;
import java.util.List;

/// Sets a failed or cancelled task going again.
final class RetryCommand extends ServerCommand {

  @Override
  public Usage usage() {
    return new Usage(
        "retry",
        "ID",
        "Set a failed or cancelled task going again.",
        "Steps that it has finished are not run again.",
        List.of("retry 3c1d4e5f", "retry 3c1d4e5f --watch"));
  }

  @Override
  public void options(OptionList options) {
    options
        .flag("watch", "Follow the task until it has ended.")
        .json("Print the task as JSON; with --watch a line for each event, then the task.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    boolean json = arguments.has("json");
    Task task = client.retry(TaskIds.whole(client, arguments.operand("ID")));
    if (arguments.has("watch")) {
      return WatchCommand.watch(task.id(), json, around, client);
    }
    around.terminal().print(json ? Json.pretty(task.json()) : task.id() + " " + task.status());
    return ExitCode.DONE;
  }
}
