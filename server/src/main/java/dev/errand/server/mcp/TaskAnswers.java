package dev.errand.server.mcp;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Task;
import dev.errand.server.page.Page;
import dev.errand.server.task.TaskJson;
import dev.errand.server.task.TaskRenderer;
import io.modelcontextprotocol.spec.McpSchema.CallToolResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/// Tasks in the words in which tools answer: first what is known of the task, as JSON, and then the
/// text it was asked for, if there is one. Thread-safe.
public final class TaskAnswers {
  /// What a caller most likely wants to read of a task's artifacts.
  private static final List<String> MAIN = List.of("report_markdown", "fetch_text");

  private final TaskRenderer renderer;
  private final Artifacts artifacts;
  private final JsonMapper json;

  public TaskAnswers(TaskRenderer renderer, Artifacts artifacts, JsonMapper json) {
    this.renderer = renderer;
    this.artifacts = artifacts;
    this.json = json;
  }

  /// What came of a task so far.
  CallToolResult outcome(Task task) {
    return switch (task.status()) {
      case COMPLETED -> completed(task);
      case FAILED, CANCELLED -> answer(summary(task)).isError(true).build();
      case PENDING, QUEUED, RUNNING, RETRYING -> {
        ObjectNode summary = summary(task);
        summary.put(
            "next",
            "The task goes on. Call task_result with this task_id; with wait_seconds it waits.");
        yield answer(summary).build();
      }
    };
  }

  /// Everything known of a task but its artifacts.
  CallToolResult whole(Task task, Optional<Outlook> outlook) {
    JsonNode shown = json.valueToTree(renderer.renderWhole(task, outlook));
    return answer(shown).structuredContent(shown).build();
  }

  /// How tasks stand; what came of them is too much for a list.
  CallToolResult page(Page<Task> page) {
    ObjectNode shown = json.createObjectNode();
    ArrayNode tasks = shown.putArray("tasks");
    page.items().forEach(task -> tasks.add(standing(renderer.render(task))));
    shown.put("next_cursor", page.next());
    return answer(shown).structuredContent(shown).build();
  }

  /// Part of one artifact's text.
  ///
  /// @param wanted its name or id; the main one when absent
  CallToolResult text(Task task, Optional<String> wanted, long offset) {
    List<Artifact> stored = artifacts.ofTask(task.id());
    Artifact artifact =
        (wanted.isPresent() ? wanted.flatMap(name -> named(name, stored)) : main(stored))
            .orElseThrow(() ->
                new Problem.NotFound(
                        "artifact of task %s; it has %s"
                            .formatted(task.id(), stored.stream().map(Artifact::name).toList()))
                    .refused());
    if (!readable(artifact)) {
      throw new Problem.BadRequest(
              "%s is %s and no text; its bytes are at /artifacts/%s."
                  .formatted(artifact.name(), artifact.contentType(), artifact.id()))
          .refused();
    }
    ArtifactText text = read(artifact, offset);
    return answer(described(artifact, text)).addTextContent(text.text()).build();
  }

  private CallToolResult completed(Task task) {
    ObjectNode summary = summary(task);
    Optional<Artifact> main = main(artifacts.ofTask(task.id()));
    if (main.isEmpty()) {
      return answer(summary).build();
    }
    ArtifactText text = read(main.get(), 0);
    summary.set("text", described(main.get(), text));
    return answer(summary).addTextContent(text.text()).build();
  }

  private static Optional<Artifact> named(String name, List<Artifact> stored) {
    return stored.stream()
        .filter(one -> one.name().equals(name) || one.id().toString().equals(name))
        .findFirst();
  }

  private static Optional<Artifact> main(List<Artifact> stored) {
    return MAIN.stream()
        .flatMap(type -> stored.stream().filter(one -> one.type().equals(type)))
        .findFirst()
        .or(() -> stored.stream().filter(TaskAnswers::readable).findFirst());
  }

  private static boolean readable(Artifact artifact) {
    String type = artifact.contentType().toLowerCase(Locale.ROOT);
    return type.startsWith("text/") || type.contains("json");
  }

  private ArtifactText read(Artifact artifact, long offset) {
    try {
      return ArtifactText.read(artifacts, artifact, offset);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private ObjectNode described(Artifact artifact, ArtifactText text) {
    ObjectNode shown = json.createObjectNode();
    shown.put("artifact", artifact.name()).put("bytes", artifact.size());
    text.next()
        .ifPresent(next ->
            shown.put("next", "There is more: call task_result with offset %d.".formatted(next)));
    return shown;
  }

  private ObjectNode summary(Task task) {
    TaskJson shown = renderer.render(task);
    ObjectNode summary = standing(shown);
    putIfThere(summary, "result", shown.result());
    if (task.status().terminal()) {
      ArrayNode listed = json.createArrayNode();
      artifacts.ofTask(task.id()).forEach(one -> listed.add(listed(one)));
      summary.set("artifacts", listed);
    }
    return summary;
  }

  private ObjectNode standing(TaskJson shown) {
    ObjectNode summary = json.createObjectNode();
    summary.put("task_id", shown.id()).put("type", shown.type()).put("status", shown.status());
    summary.put("progress", shown.progress()).put("created_at", shown.createdAt().toString());
    putIfThere(summary, "current_step", shown.currentStep());
    putIfThere(summary, "error", shown.error());
    return summary;
  }

  private void putIfThere(ObjectNode summary, String name, @Nullable Object value) {
    if (value != null) {
      summary.set(name, json.valueToTree(value));
    }
  }

  private ObjectNode listed(Artifact artifact) {
    return json.createObjectNode()
        .put("name", artifact.name())
        .put("type", artifact.type())
        .put("content_type", artifact.contentType())
        .put("bytes", artifact.size())
        .put("path", "/artifacts/" + artifact.id());
  }

  private CallToolResult.Builder answer(JsonNode known) {
    return CallToolResult.builder().addTextContent(json.writeValueAsString(known));
  }
}
