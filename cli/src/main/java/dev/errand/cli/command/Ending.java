package dev.errand.cli.command;

import dev.errand.cli.view.TaskText;
import dev.errand.cli.view.Terminal;
import dev.errand.client.Artifact;
import dev.errand.client.ErrandClient;
import dev.errand.client.Json;
import dev.errand.client.Task;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Hands over what an ended task has made: its report where there is one, otherwise its result.
final class Ending {
  private static final String REPORT = "report.md";

  private final Surroundings around;
  private final Terminal terminal;
  private final ErrandClient client;

  Ending(Surroundings around, ErrandClient client) {
    this.around = around;
    this.terminal = around.terminal();
    this.client = client;
  }

  /// Shows the ending to a person.
  ///
  /// @return an [ExitCode]
  int show(Task task) {
    if (!task.completed()) {
      return showFailure(task);
    }
    List<Artifact> artifacts = client.artifacts(task);
    Optional<Artifact> report = report(artifacts);
    if (report.isPresent()) {
      terminal.print(text(report.get()).stripTrailing());
    } else if (task.result() != null) {
      terminal.print(Json.pretty(task.result()));
    }
    showArtifacts(artifacts);
    return ExitCode.DONE;
  }

  /// Prints one JSON document: the task, its artifacts, and its report where there is one.
  int print(Task task) {
    List<Artifact> artifacts = client.artifacts(task);
    ObjectNode document = Json.object();
    document.set("task", task.json());
    ArrayNode described = document.putArray("artifacts");
    artifacts.forEach(artifact -> described.add(artifact.json()));
    report(artifacts).ifPresent(report -> document.put("report", text(report)));
    terminal.print(Json.pretty(document));
    return code(task);
  }

  static int code(Task task) {
    return task.completed() ? ExitCode.DONE : ExitCode.TASK_FAILED;
  }

  private int showFailure(Task task) {
    String error = TaskText.error(task);
    terminal.note(
        "Task %s has %s%s"
            .formatted(
                task.id(),
                task.status().equals("cancelled") ? "been cancelled" : task.status(),
                error == null ? "." : ": " + error));
    terminal.note("Its log:   " + around.program() + " log " + task.id());
    terminal.note("Once more: " + around.program() + " retry " + task.id());
    return code(task);
  }

  private void showArtifacts(List<Artifact> artifacts) {
    if (artifacts.isEmpty()) {
      return;
    }
    terminal.note("");
    terminal.note("Artifacts (" + around.program() + " artifact ID -o FILE fetches one):");
    TaskText.artifacts(artifacts).forEach(line -> terminal.note("  " + line));
  }

  private static Optional<Artifact> report(List<Artifact> artifacts) {
    return artifacts.stream().filter(artifact -> artifact.name().equals(REPORT)).findFirst();
  }

  private String text(Artifact artifact) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    client.download(artifact.id(), bytes);
    return bytes.toString(StandardCharsets.UTF_8);
  }
}
