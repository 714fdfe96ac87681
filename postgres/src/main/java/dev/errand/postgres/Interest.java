package dev.errand.postgres;

import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Which tasks somebody on another node follows: only their changes need be sent there.
/// Thread-safe.
final class Interest {
  /// Nodes say again every 30 seconds what they follow.
  private static final Duration LASTS = Duration.ofSeconds(90);

  /// A change may come just before the news that somebody wants to hear of it.
  private static final int RECENT = 4_096;

  private final Map<TaskId, Long> until = new ConcurrentHashMap<>();
  private final Set<TaskId> recent =
      Collections.synchronizedSet(
          Collections.newSetFromMap(
              new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<TaskId, Boolean> eldest) {
                  return size() > RECENT;
                }
              }));

  /// Somebody follows `task`.
  ///
  /// @return whether it has changed just before
  boolean begins(TaskId task) {
    until.put(task, System.nanoTime() + LASTS.toNanos());
    return recent.remove(task);
  }

  /// Whether somebody wants to hear that `task` has changed; otherwise that is remembered for a
  /// while.
  boolean wants(TaskId task) {
    Long last = until.get(task);
    if (last == null) {
      recent.add(task);
      return false;
    }
    if (System.nanoTime() - last > 0) {
      until.remove(task, last);
    }
    return true;
  }

  /// Forgets what nobody has asked for again.
  void forgetOld() {
    long now = System.nanoTime();
    until.values().removeIf(last -> now - last > 0);
  }
}
