package dev.errand.engine.lease;

import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import java.util.List;

/// What became of the tasks of dead workers.
///
/// @param requeued how many are back in their queues
/// @param ended those that did not go back
public record Rescued(int requeued, List<Ended> ended) {
  public Rescued {
    ended = List.copyOf(ended);
  }

  public int count() {
    return requeued + ended.size();
  }

  /// A task that ended when its worker was lost.
  ///
  /// @param status cancelled when somebody had asked for that, failed when the task had lost its
  ///   worker too often
  public record Ended(TaskId task, String type, TaskStatus status) {}
}
