package dev.errand.engine.task;

import java.util.Map;
import java.util.UUID;

/// Tasks that were submitted together, as they stand now.
///
/// @param counts how many tasks there are in each status that any of them has
/// @param progress percent, 0 to 100: the mean over the tasks, of which those that ended count 100
public record Batch(UUID id, String owner, Map<TaskStatus, Integer> counts, int progress) {
  /// Tasks of one batch at most.
  public static final int MAX_TASKS = 1000;

  public Batch {
    counts = Map.copyOf(counts);
  }

  public int count(TaskStatus status) {
    return counts.getOrDefault(status, 0);
  }

  /// How many tasks it has; those that were deleted after their end no longer count.
  public int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }
}
