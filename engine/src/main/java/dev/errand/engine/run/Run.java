package dev.errand.engine.run;

import dev.errand.engine.task.TaskId;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A piece of work that was done for a key, such as one search: for whoever wants to know whether
/// it was done before, and how it went.
///
/// @param owner whose run it is
/// @param key what it was done for, with its scope before a colon: `search:abc123`
/// @param task that did it, absent when it was done elsewhere
/// @param endedAt absent while it runs
public record Run(
    UUID id,
    String owner,
    String key,
    @Nullable TaskId task,
    Status status,
    Instant startedAt,
    @Nullable Instant endedAt) {

  public enum Status {
    RUNNING,
    COMPLETED,
    FAILED;

    private final String word = name().toLowerCase(Locale.ROOT);

    /// The status of a word as [#toString] spells it, empty for any other word.
    public static Optional<Status> of(String word) {
      return Arrays.stream(values()).filter(one -> one.word.equals(word)).findFirst();
    }

    @Override
    public String toString() {
      return word;
    }
  }

  /// A figure of a run; the latest value of each name counts.
  public record Metric(String name, double value, Instant at) {}

  /// What somebody wrote about a run.
  public record Note(String text, Instant at) {}
}
