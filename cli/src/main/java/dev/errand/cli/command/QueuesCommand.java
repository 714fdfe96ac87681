package dev.errand.cli.command;

import dev.errand.cli.view.OperatorText;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Queue;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists queues.
final class QueuesCommand extends ServerCommand {
  @Override
  public Usage usage() {
    return new Usage(
        "queues",
        "",
        "List the queues, what waits in them and what runs.",
        "LATER are tasks that are not due yet; a queue without a LIMIT has '-'.",
        List.of("queues", "queues --json"));
  }

  @Override
  public void options(OptionList options) {
    options.json("Print the list as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    arguments.noOperands();
    List<Queue> queues = client.queues();
    if (arguments.has("json")) {
      ObjectNode document = Json.object();
      ArrayNode described = document.putArray("queues");
      queues.forEach(queue -> described.add(queue.json()));
      around.terminal().print(Json.pretty(document));
    } else if (queues.isEmpty()) {
      around.terminal().note("No queues: nothing waits and nothing runs.");
    } else {
      OperatorText.queues(queues).forEach(around.terminal().out()::println);
    }
    return ExitCode.DONE;
  }
}
