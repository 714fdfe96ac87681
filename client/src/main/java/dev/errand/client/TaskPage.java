package dev.errand.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// One page of a list of tasks, newest first.
///
/// @param nextCursor asks for the page after this one, absent on the last
/// @param json everything the server said
public record TaskPage(List<Task> tasks, @Nullable String nextCursor, JsonNode json) {
  public TaskPage {
    tasks = List.copyOf(tasks);
  }

  static TaskPage of(JsonNode json) {
    return new TaskPage(
        Json.list(json.path("tasks"), Task::of), Json.text(json, "next_cursor"), json);
  }
}
