package dev.errand.engine.schedule;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.engine.task.TaskId;
import java.util.Optional;
import java.util.UUID;

/// Names one schedule: a UUIDv7, so ids sort by the time of creation.
public record ScheduleId(UUID value) {
  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  /// A new id, greater than every id this process made before.
  public static ScheduleId next() {
    return new ScheduleId(GENERATOR.generate());
  }

  /// Reads the canonical 36-character form; empty when `text` is anything else.
  public static Optional<ScheduleId> parse(String text) {
    return TaskId.parse(text).map(id -> new ScheduleId(id.value()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
