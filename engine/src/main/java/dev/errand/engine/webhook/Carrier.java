package dev.errand.engine.webhook;

import dev.errand.engine.budget.Allowance;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

/// The task that brings a delivery to its receiver. It belongs to the webhook's owner but is none
/// of their own: lists leave it out unless its type is asked for, it counts against no rate, and
/// nobody is told of its end.
public final class Carrier {
  /// The type of these tasks.
  public static final String TYPE = "webhook_delivery";

  /// How long to wait after each failed try; each wait may last a little longer.
  private static final List<Duration> WAITS =
      List.of(
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(30),
          Duration.ofHours(2),
          Duration.ofHours(5),
          Duration.ofHours(10),
          Duration.ofHours(14),
          Duration.ofHours(20),
          Duration.ofHours(24));

  private static final String QUEUE = "webhooks";
  private static final Duration TIMEOUT = Duration.ofMinutes(1);

  private Carrier() {}

  /// How long to wait after the try of this number, from 1.
  public static Duration waitAfter(int tries) {
    return WAITS.get(Math.clamp(tries, 1, WAITS.size()) - 1);
  }

  static NewTask of(UUID delivery, String owner) {
    TaskId id = TaskId.next();
    return new NewTask(
        id,
        owner,
        TYPE,
        "{\"delivery\":\"%s\"}".formatted(delivery),
        QUEUE,
        Priority.NORMAL,
        TIMEOUT,
        WAITS.size(),
        new Due.Now(),
        List.of(),
        id.toString().replace("-", ""),
        null,
        null,
        Allowance.UNLIMITED,
        null,
        null,
        null);
  }
}
