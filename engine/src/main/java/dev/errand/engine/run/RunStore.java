package dev.errand.engine.run;

import dev.errand.engine.run.Run.Metric;
import dev.errand.engine.run.Run.Note;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where runs are kept. Thread-safe; every method may block and may throw
/// [dev.errand.engine.task.StoreUnavailable].
public interface RunStore {

  /// Adds a run that starts now. Adding the same one again changes nothing.
  ///
  /// @param id new, a UUIDv7
  Run start(UUID id, String owner, String key, @Nullable TaskId task);

  /// Ends a run that still runs.
  ///
  /// @param status anything but running
  /// @return whether it ran
  boolean end(UUID id, Run.Status status);

  Optional<Run> find(UUID id);

  /// The run for `key` that was started last.
  Optional<Run> latest(String owner, String key);

  /// When a run for `key` was last completed; empty when none was.
  Optional<Instant> lastCompleted(String owner, String key);

  /// One page of an owner's runs, newest first.
  ///
  /// @param key absent for all keys
  /// @param before only runs started before this one
  List<Run> list(String owner, @Nullable String key, @Nullable UUID before, int limit);

  /// Sets a figure of a run.
  ///
  /// @return whether there is such a run
  boolean measure(UUID run, String name, double value);

  /// Adds a note to a run.
  ///
  /// @return whether there is such a run
  boolean note(UUID run, String text);

  /// By name.
  List<Metric> metrics(UUID run);

  /// Oldest first.
  List<Note> notes(UUID run);

  /// Removes a run with its metrics and notes.
  boolean delete(UUID id);

  /// Removes runs that started longer ago, by their ids, whether they have ended or not.
  ///
  /// @return how many
  int forget(Duration olderThan);
}
