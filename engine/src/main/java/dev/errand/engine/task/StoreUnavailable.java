package dev.errand.engine.task;

/// The store cannot be reached just now; the same call may succeed later.
///
/// Whether the call took effect is unknown. Calls that carry an id or a lease's token may be
/// repeated: they take effect once.
public final class StoreUnavailable extends RuntimeException {
  public StoreUnavailable(String message, Throwable cause) {
    super(message, cause);
  }
}
