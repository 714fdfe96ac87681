package dev.errand.server.schedule;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.Schedules;
import dev.errand.server.limits.SubmissionRate;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import dev.errand.server.trace.Trace;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// `/schedules`: rules that submit tasks.
@RestController
@RequestMapping("/schedules")
public final class SchedulesDoor {
  private final Schedules schedules;
  private final SubmissionRate rate;
  private final JsonMapper json;

  /// @param rate counts triggered runs as submissions
  public SchedulesDoor(Schedules schedules, SubmissionRate rate, JsonMapper json) {
    this.schedules = schedules;
    this.rate = rate;
    this.json = json;
  }

  @PostMapping
  ResponseEntity<ScheduleJson> create(Caller caller, Trace trace, ObjectNode body) {
    ScheduleJson created =
        shown(schedules.create(caller, ScheduleReader.read(body, trace.traceId())));
    return ResponseEntity.created(URI.create(created.links().self())).body(created);
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record SchedulesJson(List<ScheduleJson> schedules, @Nullable String nextCursor) {}

  @GetMapping
  SchedulesJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    PageQuery query = PageQuery.of(parameters, caller, "owner");
    List<Schedule> found =
        schedules.list(caller, query.owner(), query.after(ScheduleId::parse), query.limit());
    Page<Schedule> page = Page.of(found, query, one -> one.id().toString());
    return new SchedulesJson(page.shown(this::shown), page.next());
  }

  @GetMapping("/{id}")
  ScheduleJson find(Caller caller, @PathVariable("id") String id) {
    return shown(schedules.find(caller, named(id)));
  }

  @PutMapping("/{id}")
  ScheduleJson replace(Caller caller, Trace trace, @PathVariable("id") String id, ObjectNode body) {
    return shown(schedules.change(caller, named(id), ScheduleReader.read(body, trace.traceId())));
  }

  /// Changes the fields that are given; `null` stands for a field's default.
  @PatchMapping("/{id}")
  ScheduleJson change(Caller caller, Trace trace, @PathVariable("id") String id, ObjectNode body) {
    ObjectNode whole = written(schedules.find(caller, named(id)));
    whole.setAll(body);
    return shown(schedules.change(caller, named(id), ScheduleReader.read(whole, trace.traceId())));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable("id") String id) {
    schedules.delete(caller, named(id));
  }

  @PostMapping("/{id}/pause")
  ScheduleJson pause(Caller caller, @PathVariable("id") String id) {
    return shown(schedules.pause(caller, named(id)));
  }

  @PostMapping("/{id}/resume")
  ScheduleJson resume(Caller caller, @PathVariable("id") String id) {
    return shown(schedules.resume(caller, named(id)));
  }

  @PostMapping("/{id}/trigger")
  ResponseEntity<ScheduleRunJson> trigger(Caller caller, @PathVariable("id") String id) {
    rate.count(caller);
    ScheduleRun run = schedules.trigger(caller, named(id));
    return ResponseEntity.accepted()
        .location(URI.create("/tasks/" + run.task()))
        .body(ScheduleRunJson.of(run));
  }

  public record RunsJson(List<ScheduleRunJson> runs, @Nullable String nextCursor) {}

  @GetMapping("/{id}/runs")
  RunsJson runs(
      Caller caller, @PathVariable("id") String id, @RequestParam Map<String, String> parameters) {
    PageQuery query = PageQuery.of(parameters, caller);
    ScheduleId schedule = named(id);
    ScheduleRun last = query.after(cursor -> ScheduleRunCursor.read(schedule, cursor));
    List<ScheduleRun> found = schedules.runs(caller, schedule, last, query.limit());
    Page<ScheduleRun> page = Page.of(found, query, ScheduleRunCursor::of);
    return new RunsJson(page.shown(ScheduleRunJson::of), page.next());
  }

  private ScheduleJson shown(Schedule schedule) {
    return ScheduleJson.of(schedule, json.readTree(schedule.task().params()));
  }

  /// A schedule as its owner would write it.
  private ObjectNode written(Schedule schedule) {
    return json.<ObjectNode>valueToTree(shown(schedule)).retain(ScheduleReader.FIELDS);
  }

  /// What is no id names no schedule.
  private static ScheduleId named(String text) {
    return ScheduleId.parse(text)
        .orElseThrow(() -> new Problem.NotFound("schedule \"%s\"".formatted(text)).refused());
  }
}
