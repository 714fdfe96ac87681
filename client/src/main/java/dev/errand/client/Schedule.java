package dev.errand.client;

import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// A schedule as the server described it.
///
/// @param nextRuns the next moments, none while it is paused
/// @param lastRun absent until there was one
/// @param json everything the server said
public record Schedule(
    String id,
    String name,
    String cron,
    String timeZone,
    boolean paused,
    String type,
    List<Instant> nextRuns,
    @Nullable Run lastRun,
    JsonNode json) {
  public Schedule {
    nextRuns = List.copyOf(nextRuns);
  }

  /// One moment of a schedule, and what became of it.
  ///
  /// @param status one of `waiting submitted skipped`
  /// @param task its id, absent until it was submitted
  /// @param reason why it was skipped, or whatever else is worth knowing
  public record Run(
      @Nullable Instant dueAt,
      boolean triggered,
      String status,
      @Nullable String task,
      @Nullable String reason) {
    static Run of(JsonNode json) {
      return new Run(
          Json.instant(json, "due_at"),
          json.path("triggered").asBoolean(false),
          json.path("status").asString(),
          Json.text(json, "task_id"),
          Json.text(json, "reason"));
    }
  }

  /// One page of a list of schedules.
  ///
  /// @param nextCursor asks for the page after this one, absent on the last
  public record Page(List<Schedule> schedules, @Nullable String nextCursor) {
    public Page {
      schedules = List.copyOf(schedules);
    }

    static Page of(JsonNode json) {
      return new Page(
          Json.list(json.path("schedules"), Schedule::of), Json.text(json, "next_cursor"));
    }
  }

  static Schedule of(JsonNode json) {
    JsonNode last = json.path("last_run");
    return new Schedule(
        json.path("id").asString(),
        json.path("name").asString(),
        json.path("cron").asString(),
        json.path("time_zone").asString(),
        json.path("paused").asBoolean(false),
        json.path("type").asString(),
        json.path("next_runs")
            .valueStream()
            .flatMap(moment -> Stream.ofNullable(Json.instant(moment.asString())))
            .toList(),
        last.isObject() ? Run.of(last) : null,
        json);
  }
}
