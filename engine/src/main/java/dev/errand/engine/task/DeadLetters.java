package dev.errand.engine.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskStore.DeadLetterFilter;
import java.util.List;

/// Tasks that failed for good: to look at, and to try again once what broke them is mended.
///
/// Every method throws [Problem.Refused] for what the caller may not do.
public final class DeadLetters {
  /// Tasks that one call retries at most.
  public static final int MAX_RETRIED = 1000;

  private final TaskStore store;
  private final Signals signals;

  public DeadLetters(TaskStore store, Signals signals) {
    this.store = store;
    this.signals = signals;
  }

  /// One page, newest first; only an administrator sees those of others.
  public List<Task> list(Caller caller, DeadLetterFilter filter, int limit) {
    if (!caller.admin() && !caller.user().equals(filter.owner())) {
      throw new Problem.Forbidden("Only administrators see the failed tasks of others.").refused();
    }
    return store.deadLetters(filter, limit);
  }

  /// Puts failed tasks back in their queues with their finished steps and a fresh count of retries;
  /// ids of tasks that did not fail, or are not the caller's, are passed over.
  ///
  /// @param ids [#MAX_RETRIED] at most
  /// @return the tasks that were put back
  public List<TaskId> retry(Caller caller, List<TaskId> ids) {
    List<TaskId> retried = store.retryFailed(ids, caller.admin() ? null : caller.user());
    retried.forEach(signals::changed);
    if (!retried.isEmpty()) {
      signals.work();
    }
    return retried;
  }

  /// Retries what [#list] would show.
  public List<TaskId> retry(Caller caller, DeadLetterFilter filter, int limit) {
    return retry(caller, list(caller, filter, limit).stream().map(Task::id).toList());
  }
}
