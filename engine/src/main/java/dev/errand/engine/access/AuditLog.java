package dev.errand.engine.access;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Who did what: entries are added, read, and dropped when they are old, but never changed.
///
/// Thread-safe; may block and may throw [dev.errand.engine.task.StoreUnavailable].
public interface AuditLog {

  /// @param actor the caller, or who a stranger claimed to be
  /// @param via how the caller was known, such as `api_key`; `none` for a stranger
  /// @param action such as `login` or `POST /queues/{name}/pause`
  /// @param target what it was done to, absent where the actor is meant
  /// @param done false for what was refused or failed
  /// @param address whence it came
  /// @param detail further words, never a secret
  record Entry(
      String actor,
      String via,
      String action,
      @Nullable String target,
      boolean done,
      String address,
      @Nullable String detail) {}

  record Recorded(long number, Instant at, Entry entry) {}

  void record(Entry entry);

  /// Entries, the newest first.
  ///
  /// @param actor absent for everybody's
  /// @param action absent for all
  /// @param before with which the page before ended, absent for the first one
  List<Recorded> list(
      @Nullable String actor, @Nullable String action, @Nullable Long before, int limit);

  /// Deletes what is older than `age`.
  ///
  /// @return how many entries
  int forget(Duration age);
}
