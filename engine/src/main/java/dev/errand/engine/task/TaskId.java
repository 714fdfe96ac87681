package dev.errand.engine.task;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.Optional;
import java.util.UUID;

/// Names one task: a UUIDv7, so ids sort by the time of submission.
///
/// @see <a href="https://www.rfc-editor.org/rfc/rfc9562#section-5.7">RFC 9562 §5.7</a>
public record TaskId(UUID value) {
  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  /// A new id, greater than every id this process made before.
  public static TaskId next() {
    return new TaskId(GENERATOR.generate());
  }

  /// Reads the canonical 36-character form; empty when `text` is anything else.
  public static Optional<TaskId> parse(String text) {
    // UUID.fromString also takes short groups such as "1-1-1-1-1".
    if (text.length() != 36) {
      return Optional.empty();
    }
    try {
      return Optional.of(new TaskId(UUID.fromString(text)));
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
