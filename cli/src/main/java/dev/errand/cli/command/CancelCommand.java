package dev.errand.cli.command;

import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Task;
import java.util.List;

/// Stops a task.
final class CancelCommand extends ServerCommand {

  @Override
  public Usage usage() {
    return new Usage(
        "cancel",
        "ID",
        "Stop a task.",
        "A waiting task ends at once, a running one as soon as it can; what it stored is kept.",
        List.of("cancel 3c1d4e5f"));
  }

  @Override
  public void options(OptionList options) {
    options.json("Print the task as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    Task task = client.cancel(TaskIds.whole(client, arguments.operand("ID")));
    around
        .terminal()
        .print(
            arguments.has("json")
                ? Json.pretty(task.json())
                : task.id() + (task.ended() ? " " + task.status() : " has been asked to stop"));
    return ExitCode.DONE;
  }
}
