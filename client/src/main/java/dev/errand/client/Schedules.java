package dev.errand.client;

import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The schedules of one server. Thread-safe; its methods block and throw as those of
/// [ErrandClient].
public final class Schedules {
  private final Http http;

  Schedules(Http http) {
    this.http = http;
  }

  public Schedule create(NewSchedule schedule) {
    return Schedule.of(http.post("/schedules", schedule.body()));
  }

  /// @param cursor [Schedule.Page#nextCursor()] of the page before, absent for the first page
  /// @param limit schedules a page, 1 to 200
  public Schedule.Page list(@Nullable String cursor, int limit) {
    String more = cursor == null ? "" : "&cursor=" + ErrandClient.encoded(cursor);
    return Schedule.Page.of(http.get("/schedules?limit=" + limit + more));
  }

  public Schedule find(String id) {
    return Schedule.of(http.get(path(id)));
  }

  public Schedule replace(String id, NewSchedule schedule) {
    return Schedule.of(http.put(path(id), schedule.body()));
  }

  public void delete(String id) {
    http.delete(path(id));
  }

  public Schedule pause(String id) {
    return Schedule.of(http.post(path(id) + "/pause"));
  }

  public Schedule resume(String id) {
    return Schedule.of(http.post(path(id) + "/resume"));
  }

  /// Submits the schedule's task now.
  public Schedule.Run trigger(String id) {
    return Schedule.Run.of(http.post(path(id) + "/trigger"));
  }

  /// The latest moments of the schedule and what became of them, newest first.
  ///
  /// @param limit 1 to 200
  public List<Schedule.Run> runs(String id, int limit) {
    JsonNode page = http.get(path(id) + "/runs?limit=" + limit);
    return Json.list(page.path("runs"), Schedule.Run::of);
  }

  private static String path(String id) {
    return "/schedules/" + ErrandClient.encoded(id);
  }
}
