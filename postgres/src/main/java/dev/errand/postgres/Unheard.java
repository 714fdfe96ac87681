package dev.errand.postgres;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.task.StoreUnavailable;
import java.util.Collections;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.BooleanSupplier;

/// Writes under leases that got no answer. They may have been made all the same: whoever repeats
/// one hears so, and does not make it twice. Thread-safe.
///
/// @param <T> what is written
final class Unheard<T> {
  /// Waits for whoever changes the task just now: an interrupt cuts the connection, and the write
  /// that was under way goes on without it.
  private static final String AWAIT_WRITES =
      "SELECT 1 FROM open_tasks WHERE task_id = ? FOR UPDATE";

  private final Database database;

  /// Forgotten with the attempt that has the lease.
  private final Map<Lease, T> byLease = Collections.synchronizedMap(new WeakHashMap<>());

  Unheard(Database database) {
    this.database = database;
  }

  /// Makes a write, unless it is the repetition of one that was made.
  ///
  /// @param made whether `what` was the last that was written
  /// @return whether the lease was held
  boolean write(Lease lease, T what, BooleanSupplier made, BooleanSupplier write) {
    try {
      boolean held = (what.equals(byLease.get(lease)) && made(lease, made)) || write.getAsBoolean();
      byLease.remove(lease);
      return held;
    } catch (StoreUnavailable e) {
      byLease.put(lease, what);
      throw e;
    }
  }

  private boolean made(Lease lease, BooleanSupplier made) {
    database.query(AWAIT_WRITES, row -> row.getInt(1), lease.task().value());
    return made.getAsBoolean();
  }
}
