package dev.errand.engine.signal;

import dev.errand.engine.task.TaskId;

/// Wake-ups: work became due, a task changed, a running task is to be cancelled. A lost one costs
/// time, never correctness; whoever waits also polls. Thread-safe; no method blocks.
public interface Signals {

  /// Tasks became due that a worker may claim.
  void work();

  /// Something happened to `task`.
  void changed(TaskId task);

  /// Somebody wants a running task cancelled.
  void cancelRequested();

  /// Calls `listener` on every [#work] until the subscription is closed. The listener must not
  /// block.
  Subscription onWork(Runnable listener);

  /// Calls `listener` on every [#cancelRequested] until the subscription is closed. The listener
  /// must not block.
  Subscription onCancelRequest(Runnable listener);

  /// Calls `listener` when `task` changes, until the subscription is closed. The listener must not
  /// block.
  Subscription onChange(TaskId task, Runnable listener);

  interface Subscription extends AutoCloseable {
    @Override
    void close();
  }
}
