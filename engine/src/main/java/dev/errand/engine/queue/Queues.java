package dev.errand.engine.queue;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.Submission;
import java.util.List;

/// What operators may do with queues. Every method throws [Problem.Refused] for anybody else.
public final class Queues {
  private final QueueStore store;
  private final Signals signals;

  public Queues(QueueStore store, Signals signals) {
    this.store = store;
    this.signals = signals;
  }

  /// Every queue that has tasks which have not ended, or about which something was decided, by
  /// name.
  public List<Queue> all(Caller caller) {
    caller.requireOperator("Looking at queues");
    return store.all();
  }

  /// From now on no task of the queue starts, on no node; those that run go on.
  public Queue pause(Caller caller, String name) {
    check(caller, "Pausing queues", name);
    store.pause(name);
    return find(name);
  }

  public Queue resume(Caller caller, String name) {
    check(caller, "Resuming queues", name);
    store.resume(name);
    signals.work();
    return find(name);
  }

  /// Attempts that run already are not stopped by a lower limit.
  public Queue limit(Caller caller, String name, Limit limit) {
    check(caller, "Limiting queues", name);
    store.limit(name, limit);
    // It may be a higher one.
    signals.work();
    return find(name);
  }

  private static void check(Caller caller, String what, String name) {
    caller.requireOperator(what);
    if (!Submission.namesQueue(name)) {
      throw new Problem.NotFound("queue: no queue can have this name").refused();
    }
  }

  private Queue find(String name) {
    return store.all().stream()
        .filter(queue -> queue.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("A decision was not stored: " + name));
  }
}
