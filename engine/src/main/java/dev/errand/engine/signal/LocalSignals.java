package dev.errand.engine.signal;

import dev.errand.engine.task.TaskId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Signals within one process.
public final class LocalSignals implements Signals {
  private final List<Runnable> workListeners = new CopyOnWriteArrayList<>();
  private final List<Runnable> cancelListeners = new CopyOnWriteArrayList<>();
  private final Map<TaskId, List<Runnable>> changeListeners = new ConcurrentHashMap<>();

  /// The tasks whose changes somebody listens for.
  public Set<TaskId> followed() {
    return Set.copyOf(changeListeners.keySet());
  }

  @Override
  public void work() {
    workListeners.forEach(Runnable::run);
  }

  @Override
  public void changed(TaskId task) {
    changeListeners.getOrDefault(task, List.of()).forEach(Runnable::run);
  }

  @Override
  public void cancelRequested() {
    cancelListeners.forEach(Runnable::run);
  }

  @Override
  public Subscription onWork(Runnable listener) {
    workListeners.add(listener);
    return () -> workListeners.remove(listener);
  }

  @Override
  public Subscription onCancelRequest(Runnable listener) {
    cancelListeners.add(listener);
    return () -> cancelListeners.remove(listener);
  }

  @Override
  public Subscription onChange(TaskId task, Runnable listener) {
    changeListeners.compute(
        task,
        (_, known) -> {
          List<Runnable> listeners = known == null ? new CopyOnWriteArrayList<>() : known;
          listeners.add(listener);
          return listeners;
        });
    return () ->
        changeListeners.computeIfPresent(
            task,
            (_, listeners) -> {
              listeners.remove(listener);
              return listeners.isEmpty() ? null : listeners;
            });
  }
}
