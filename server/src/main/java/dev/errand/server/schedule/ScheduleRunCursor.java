package dev.errand.server.schedule;

import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;

/// A run's place in the list of its schedule's runs: its moment, behind a `t` when it was
/// triggered.
public final class ScheduleRunCursor {
  private static final String TRIGGERED = "t";

  private ScheduleRunCursor() {}

  public static String of(ScheduleRun run) {
    return (run.triggered() ? TRIGGERED : "") + run.moment();
  }

  /// Stands for the run of `schedule` at that place, whether there is one or not.
  public static Optional<ScheduleRun> read(ScheduleId schedule, String cursor) {
    boolean triggered = cursor.startsWith(TRIGGERED);
    try {
      Instant moment = Instant.parse(triggered ? cursor.substring(1) : cursor);
      return Optional.of(
          new ScheduleRun(schedule, moment, triggered, ScheduleRun.Status.SKIPPED, null, null));
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
