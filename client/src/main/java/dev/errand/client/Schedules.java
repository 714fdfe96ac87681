package dev.errand.client;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// The schedules of one server. Thread-safe; its methods block and throw as those of
/// [ErrandClient].
public final class Schedules {
  private final Http http;

  Schedules(Http http) {
    this.http = http;
  }

  public Schedule create(NewSchedule schedule) {
    return Schedule.of(call("POST", "/schedules", schedule.body()));
  }

  /// @param cursor [Schedule.Page#nextCursor()] of the page before, absent for the first page
  /// @param limit schedules a page, 1 to 200
  public Schedule.Page list(@Nullable String cursor, int limit) {
    String more = cursor == null ? "" : "&cursor=" + ErrandClient.encoded(cursor);
    return Schedule.Page.of(call("GET", "/schedules?limit=" + limit + more, null));
  }

  public Schedule find(String id) {
    return Schedule.of(call("GET", path(id), null));
  }

  public Schedule replace(String id, NewSchedule schedule) {
    return Schedule.of(call("PUT", path(id), schedule.body()));
  }

  public void delete(String id) {
    http.perform(new Http.Request("DELETE", path(id), Map.of(), null, Http.SILENCE));
  }

  public Schedule pause(String id) {
    return Schedule.of(call("POST", path(id) + "/pause", Json.object()));
  }

  public Schedule resume(String id) {
    return Schedule.of(call("POST", path(id) + "/resume", Json.object()));
  }

  /// Submits the schedule's task now.
  public Schedule.Run trigger(String id) {
    return Schedule.Run.of(call("POST", path(id) + "/trigger", Json.object()));
  }

  /// The latest moments of the schedule and what became of them, newest first.
  ///
  /// @param limit 1 to 200
  public List<Schedule.Run> runs(String id, int limit) {
    JsonNode page = call("GET", path(id) + "/runs?limit=" + limit, null);
    return Json.list(page.path("runs"), Schedule.Run::of);
  }

  private JsonNode call(String method, String path, @Nullable ObjectNode body) {
    return http.json(new Http.Request(method, path, Map.of(), body, Http.SILENCE));
  }

  private static String path(String id) {
    return "/schedules/" + ErrandClient.encoded(id);
  }
}
