package dev.errand.cli.command;

import dev.errand.cli.view.OperatorText;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Worker;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists workers.
final class WorkersCommand extends ServerCommand {
  @Override
  public Usage usage() {
    return new Usage(
        "workers",
        "",
        "List the workers of all nodes and how busy they are.",
        "",
        List.of("workers", "workers --json"));
  }

  @Override
  public void options(OptionList options) {
    options.json("Print the list as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    arguments.noOperands();
    List<Worker> workers = client.workers();
    if (arguments.has("json")) {
      ObjectNode document = Json.object();
      ArrayNode described = document.putArray("workers");
      workers.forEach(worker -> described.add(worker.json()));
      around.terminal().print(Json.pretty(document));
    } else if (workers.isEmpty()) {
      around.terminal().note("No workers: nothing will run until a node with one is started.");
    } else {
      OperatorText.workers(workers).forEach(around.terminal().out()::println);
    }
    return ExitCode.DONE;
  }
}
