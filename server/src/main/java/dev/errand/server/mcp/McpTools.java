package dev.errand.server.mcp;

import dev.errand.engine.attempt.Handlers;
import io.modelcontextprotocol.server.McpServerFeatures.SyncToolSpecification;
import io.modelcontextprotocol.spec.McpSchema.Tool;
import io.modelcontextprotocol.spec.McpSchema.ToolAnnotations;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// The tools there are: one for each kind of work that this installation knows, and those for tasks
/// of any kind. `tools.json` says what each is for and takes.
public final class McpTools {
  private static final String DESCRIPTIONS = "/mcp/tools.json";

  /// Hosts give up on a tool after about a minute, unless they hear of progress.
  private static final Map<String, Work> WORK =
      Map.of(
          "search", new Work("search", Duration.ofSeconds(30)),
          "fetch", new Work("fetch_url", Duration.ofSeconds(30)),
          "research", new Work("research", Duration.ofSeconds(45)));

  /// @param type of the tasks that the tool submits
  /// @param patience how long it waits for them unless it is told otherwise
  record Work(String type, Duration patience) {}

  private final Handlers handlers;
  private final TaskTools tasks;
  private final JsonMapper json;

  public McpTools(Handlers handlers, TaskTools tasks, JsonMapper json) {
    this.handlers = handlers;
    this.tasks = tasks;
    this.json = json;
  }

  List<SyncToolSpecification> offered() {
    Map<String, ToolCalls.Use> uses = uses();
    ToolCalls calls = new ToolCalls(json);
    return described()
        .valueStream()
        .filter(one -> uses.containsKey(one.path("name").asString()))
        .map(one -> {
          ToolCalls.Use use = Objects.requireNonNull(uses.get(one.path("name").asString()));
          return new SyncToolSpecification(
              tool(one), (exchange, request) -> calls.answer(use, exchange, request));
        })
        .toList();
  }

  private Map<String, ToolCalls.Use> uses() {
    Map<String, ToolCalls.Use> uses = new LinkedHashMap<>();
    WORK.forEach((name, work) -> {
      if (handlers.types().contains(work.type())) {
        uses.put(name, call -> tasks.submit(call, work));
      }
    });
    uses.put("task_status", tasks::status);
    uses.put("task_result", tasks::result);
    uses.put("cancel_task", tasks::cancel);
    uses.put("list_tasks", tasks::list);
    return uses;
  }

  private JsonNode described() {
    try (InputStream text =
        Objects.requireNonNull(McpTools.class.getResourceAsStream(DESCRIPTIONS), DESCRIPTIONS)) {
      return json.readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Tool tool(JsonNode described) {
    Map<String, Object> schema =
        json.convertValue(described.path("inputSchema"), new TypeReference<>() {});
    boolean reads = described.path("readOnly").asBoolean();
    return Tool.builder(described.path("name").asString(), schema)
        .title(described.path("title").asString())
        .description(described.path("description").asString())
        .annotations(
            ToolAnnotations.builder()
                .readOnlyHint(reads)
                .destructiveHint(described.path("destructive").asBoolean())
                .idempotentHint(reads)
                .openWorldHint(described.path("openWorld").asBoolean())
                .build())
        .build();
  }
}
