package dev.errand.testkit.memory;

import dev.errand.engine.queue.Queue;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.queue.QueueStore;
import java.util.List;

/// Queues in memory.
record InMemoryQueues(Rows rows) implements QueueStore {

  @Override
  public List<Queue> all() {
    return rows.locked(now -> rows.line().all(rows.unended(), row -> !row.dueAt().isAfter(now)));
  }

  @Override
  public void pause(String name) {
    rows.locked(_ -> {
      rows.line().pause(name, true);
      return true;
    });
  }

  @Override
  public void resume(String name) {
    rows.locked(_ -> {
      rows.line().pause(name, false);
      return true;
    });
  }

  @Override
  public void limit(String name, Limit limit) {
    rows.locked(_ -> {
      rows.line().limit(name, limit);
      return true;
    });
  }
}
