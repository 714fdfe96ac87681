package dev.errand.engine.lease;

import java.util.List;

/// Shows the workers of all nodes. Thread-safe; may block and may throw
/// [dev.errand.engine.task.StoreUnavailable].
public interface Workers {
  /// Every worker that is registered or still has leases, the longest registered first.
  List<WorkerStatus> all();
}
