package dev.errand.engine.webhook;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.errand.engine.task.TaskId;
import java.util.Optional;
import java.util.UUID;

/// Names one webhook: a UUIDv7, so ids sort by the time of creation.
public record WebhookId(UUID value) {
  private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

  /// A new id, greater than every id this process made before.
  public static WebhookId next() {
    return new WebhookId(GENERATOR.generate());
  }

  /// Reads the canonical 36-character form; empty when `text` is anything else.
  public static Optional<WebhookId> parse(String text) {
    return TaskId.parse(text).map(id -> new WebhookId(id.value()));
  }

  @Override
  public String toString() {
    return value.toString();
  }
}
