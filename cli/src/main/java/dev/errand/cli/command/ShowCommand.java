package dev.errand.cli.command;

import dev.errand.cli.view.TaskText;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Task;
import java.time.InstantSource;
import java.util.List;

/// Shows how one task stands.
final class ShowCommand extends ServerCommand {

  @Override
  public Usage usage() {
    return new Usage(
        "show",
        "ID",
        "Show how a task stands.",
        "",
        List.of("show 01980c6e-5b1f-7d6a-9f1e-2b6f3c1d4e5f", "show 3c1d4e5f --json"));
  }

  @Override
  public void options(OptionList options) {
    options.json("Print the task as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    Task task = client.task(TaskIds.whole(client, arguments.operand("ID")));
    if (arguments.has("json")) {
      around.terminal().print(Json.pretty(task.json()));
    } else {
      TaskText text = new TaskText(around.terminal(), InstantSource.system());
      text.details(task).forEach(around.terminal().out()::println);
    }
    return ExitCode.DONE;
  }
}
