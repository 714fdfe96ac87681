package dev.errand.server.push;

import dev.errand.engine.task.TaskId;
import java.util.Optional;

/// Knows the tokens with which a queue calls us back about one task. Thread-safe.
public interface TaskTokens {

  /// The task that `token` is for; empty when it is none of ours, was changed or is too old.
  Optional<TaskId> find(String token);
}
