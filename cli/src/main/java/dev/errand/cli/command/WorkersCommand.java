package dev.errand.cli.command;

import dev.errand.cli.view.OperatorText;
import dev.errand.client.ErrandClient;
import dev.errand.client.Worker;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Lists workers.
final class WorkersCommand extends OperatorListCommand<Worker> {
  WorkersCommand() {
    super("workers", "No workers: nothing will run until a node with one is started.");
  }

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
  List<Worker> all(ErrandClient client) {
    return client.workers();
  }

  @Override
  JsonNode json(Worker one) {
    return one.json();
  }

  @Override
  List<String> table(List<Worker> all) {
    return OperatorText.workers(all);
  }
}
