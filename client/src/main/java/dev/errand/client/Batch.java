package dev.errand.client;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;

/// How the tasks stand that were submitted together.
///
/// @param counts how many tasks have each status
/// @param progress percent, 0 to 100: the mean over the tasks
/// @param json everything the server said
public record Batch(
    String id, int total, Map<String, Integer> counts, int progress, JsonNode json) {
  public Batch {
    counts = Map.copyOf(counts);
  }

  /// A batch that was accepted.
  ///
  /// @param tasks their ids, in the order in which they were given
  public record Accepted(String id, List<String> tasks) {
    public Accepted {
      tasks = List.copyOf(tasks);
    }

    static Accepted of(JsonNode json) {
      return new Accepted(
          json.path("batch_id").asString(), Json.list(json.path("task_ids"), JsonNode::asString));
    }
  }

  /// Whether all of its tasks have ended.
  public boolean ended() {
    return count("completed") + count("failed") + count("cancelled") == total;
  }

  public int count(String status) {
    return counts.getOrDefault(status, 0);
  }

  static Batch of(JsonNode json) {
    return new Batch(
        json.path("id").asString(),
        json.path("total").asInt(0),
        json.path("counts").properties().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, count -> count.getValue().asInt(0))),
        json.path("progress").asInt(0),
        json);
  }
}
