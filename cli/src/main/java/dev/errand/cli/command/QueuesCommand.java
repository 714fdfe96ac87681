package dev.errand.cli.command;

import dev.errand.cli.view.OperatorText;
import dev.errand.client.ErrandClient;
import dev.errand.client.Queue;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Lists queues.
final class QueuesCommand extends OperatorListCommand<Queue> {
  QueuesCommand() {
    super("queues", "No queues: nothing waits and nothing runs.");
  }

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
  List<Queue> all(ErrandClient client) {
    return client.queues();
  }

  @Override
  JsonNode json(Queue one) {
    return one.json();
  }

  @Override
  List<String> table(List<Queue> all) {
    return OperatorText.queues(all);
  }
}
