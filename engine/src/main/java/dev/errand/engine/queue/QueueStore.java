package dev.errand.engine.queue;

import dev.errand.engine.queue.Queue.Limit;
import java.util.List;

/// Where it is kept what somebody decided about queues. Every node sees a change with its next
/// claim; it survives restarts. A queue of which nobody decided anything has no limit.
///
/// Thread-safe; every method may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface QueueStore {

  /// Every queue that has tasks which have not ended, or about which something was decided, by
  /// name.
  List<Queue> all();

  /// From now on no task of the queue starts.
  void pause(String name);

  void resume(String name);

  void limit(String name, Limit limit);
}
