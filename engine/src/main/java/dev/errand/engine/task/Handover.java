package dev.errand.engine.task;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/// A worker in this process that is idle: it takes tasks while they are being stored, already
/// leased, so that nobody has to look for them. Thread-safe; no method blocks.
public interface Handover {

  /// For a process without a worker.
  Handover NOBODY = _ -> Taken.NOTHING;

  /// Takes those of `tasks`, which are due now, that can start at once. [Taken#settle] must follow.
  Taken take(List<NewTask> tasks);

  /// Tasks that a worker is ready to run.
  interface Taken {
    Taken NOTHING =
        new Taken() {
          @Override
          public UUID worker() {
            throw new IllegalStateException("Nobody took anything");
          }

          @Override
          public Map<TaskId, UUID> tokens() {
            return Map.of();
          }

          @Override
          public void settle(Set<TaskId> leased) {
            // Nothing was taken.
          }
        };

    /// The registration under which they are to be leased.
    UUID worker();

    /// The tokens of the leases.
    Map<TaskId, UUID> tokens();

    /// Starts those that were stored and leased; the others are not the worker's.
    void settle(Set<TaskId> leased);
  }
}
