package dev.errand.cli.command;

import dev.errand.cli.view.TaskText;
import dev.errand.client.Artifact;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import java.util.List;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Lists what a task has stored.
final class ArtifactsCommand extends ServerCommand {

  @Override
  public Usage usage() {
    return new Usage(
        "artifacts",
        "TASK",
        "List the artifacts of a task.",
        "Each line has the artifact's id, size in bytes, name and type.",
        List.of("artifacts 3c1d4e5f"));
  }

  @Override
  public void options(OptionList options) {
    options.json("Print the list as JSON.");
  }

  @Override
  int run(Arguments arguments, Surroundings around, ErrandClient client) {
    String task = TaskIds.whole(client, arguments.operand("TASK"));
    List<Artifact> artifacts = client.artifacts(client.task(task));
    if (arguments.has("json")) {
      ObjectNode document = Json.object();
      ArrayNode described = document.putArray("artifacts");
      artifacts.forEach(artifact -> described.add(artifact.json()));
      around.terminal().print(Json.pretty(document));
    } else if (artifacts.isEmpty()) {
      around.terminal().note("No artifacts.");
    } else {
      TaskText.artifacts(artifacts).forEach(around.terminal().out()::println);
    }
    return ExitCode.DONE;
  }
}
