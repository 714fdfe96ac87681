package dev.errand.server.schedule;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.errand.engine.schedule.Schedule;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A schedule as the API shows it.
///
/// @param nextRuns the next moments, none while it is paused
public record ScheduleJson(
    String id,
    String name,
    String cron,
    String timeZone,
    String overlap,
    String misfire,
    boolean paused,
    String type,
    JsonNode params,
    String queue,
    String priority,
    long timeoutSeconds,
    int maxRetries,
    List<String> tags,
    @Nullable String callbackUrl,
    String owner,
    List<Instant> nextRuns,
    @Nullable ScheduleRunJson lastRun,
    Instant createdAt,
    Instant updatedAt,
    Links links) {
  private static final int PREVIEW = 5;

  static ScheduleJson of(Schedule schedule, JsonNode params) {
    return new ScheduleJson(
        schedule.id().toString(),
        schedule.name(),
        schedule.timing().cron(),
        schedule.timing().timeZone(),
        schedule.timing().overlap().toString(),
        schedule.timing().misfire().toString(),
        schedule.paused(),
        schedule.task().type(),
        params,
        schedule.task().queue(),
        schedule.task().priority().toString(),
        schedule.task().timeout().toSeconds(),
        schedule.task().maxRetries(),
        schedule.task().tags(),
        schedule.task().callbackUrl(),
        schedule.owner(),
        schedule.nextMoments(PREVIEW),
        schedule.lastRun() == null ? null : ScheduleRunJson.of(schedule.lastRun()),
        schedule.createdAt(),
        schedule.updatedAt(),
        Links.of(schedule));
  }

  /// Where to go from here; `pause` or `resume`, whichever makes a difference.
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Links(
      String self, String runs, String trigger, @Nullable String pause, @Nullable String resume) {

    static Links of(Schedule schedule) {
      String self = "/schedules/" + schedule.id();
      return new Links(
          self,
          self + "/runs",
          self + "/trigger",
          schedule.paused() ? null : self + "/pause",
          schedule.paused() ? self + "/resume" : null);
    }
  }
}
