package dev.errand.cli.command;

import dev.errand.cli.view.TaskText;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.TaskPage;
import dev.errand.client.TaskQuery;
import java.time.InstantSource;
import java.util.List;

/// Lists tasks.
final class ListCommand extends ServerCommand {
  private static final int USUAL = 20;
  private static final int MOST = 200;

  @Override
  public Usage usage() {
    return new Usage(
        "list",
        "",
        "List your tasks, newest first.",
        "",
        List.of("list", "list --status failed --limit 5", "list --type research --json"));
  }

  @Override
  public void options(OptionList options) {
    options
        .value(
            "status",
            "STATUS",
            "pending, queued, running, retrying, completed, failed or cancelled.")
        .value("type", "TYPE", "Only tasks of this type.")
        .value("tag", "TAG", "Only tasks with this tag.")
        .value("limit", "N", "How many, 1 to 200; 20 when not given.")
        .json("Print the list as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    arguments.noOperands();
    TaskPage page =
        client.tasks(
            new TaskQuery(
                arguments.value("status"),
                arguments.value("type"),
                arguments.value("tag"),
                null,
                arguments.number("limit", USUAL, 1, MOST)));
    if (arguments.has("json")) {
      around.terminal().print(Json.pretty(page.json()));
    } else if (page.tasks().isEmpty()) {
      around.terminal().note("No tasks.");
    } else {
      TaskText text = new TaskText(around.terminal(), InstantSource.system());
      text.table(page.tasks()).forEach(around.terminal().out()::println);
    }
    return ExitCode.DONE;
  }
}
