package dev.errand.server.push;

import dev.errand.engine.task.TaskId;
import java.util.Optional;

/// Tokens with which a queue calls us back about one task. Thread-safe.
public interface TaskTokens {

  /// A token for the call about `task`, which was submitted by `owner`.
  String issue(TaskId task, String owner);

  /// The task that `token` is for; empty when it is none of ours, was changed or is too old.
  Optional<TaskId> verify(String token);
}
