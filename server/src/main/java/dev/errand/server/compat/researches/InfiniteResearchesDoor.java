package dev.errand.server.compat.researches;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleDraft;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.Schedules;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskStore;
import dev.errand.server.compat.push.PublicAddress;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import dev.errand.server.schedule.ScheduleRunCursor;
import dev.errand.server.trace.Trace;
import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

/// `/api/infinite-researches`: schedules of `research` tasks that carry this door's tag.
@RestController
@RequestMapping("/api/infinite-researches")
public final class InfiniteResearchesDoor {
  private static final String PATH = "/api/infinite-researches/";

  private final Schedules schedules;
  private final TaskStore tasks;
  private final PublicAddress address;
  private final JsonMapper json;

  public InfiniteResearchesDoor(
      Schedules schedules, TaskStore tasks, PublicAddress address, JsonMapper json) {
    this.schedules = schedules;
    this.tasks = tasks;
    this.address = address;
    this.json = json;
  }

  @PostMapping
  ResponseEntity<InfiniteResearchJson> create(Caller caller, Trace trace, ObjectNode body) {
    ScheduleDraft draft = InfiniteReader.read(body, trace.traceId());
    Schedule created = InfiniteReader.pointing(() -> schedules.create(caller, draft));
    return ResponseEntity.created(URI.create(PATH + created.id())).body(shown(created));
  }

  /// @param nextCursor leads to the next page, absent on the last one
  public record InfiniteResearchesJson(
      List<InfiniteResearchJson> infiniteResearches, @Nullable String nextCursor) {}

  @GetMapping
  InfiniteResearchesJson list(Caller caller, @RequestParam Map<String, String> parameters) {
    PageQuery query = PageQuery.of(parameters, caller);
    List<Schedule> found = ours(caller, query.after(ScheduleId::parse), query.limit());
    Page<Schedule> page = Page.of(found, query, one -> one.id().toString());
    return new InfiniteResearchesJson(page.shown(this::shown), page.next());
  }

  /// The caller's schedules may be of many kinds; looks until enough are of ours.
  private List<Schedule> ours(Caller caller, @Nullable ScheduleId before, int limit) {
    List<Schedule> ours = new ArrayList<>();
    ScheduleId last = before;
    List<Schedule> some;
    do {
      some = schedules.list(caller, caller.user(), last, limit);
      some.stream().filter(InfiniteResearchesDoor::ours).forEach(ours::add);
      last = some.isEmpty() ? last : some.getLast().id();
    } while (some.size() == limit && ours.size() < limit);
    return ours.stream().limit(limit).toList();
  }

  @GetMapping("/{id}")
  InfiniteResearchJson find(Caller caller, @PathVariable("id") String id) {
    return shown(named(caller, id));
  }

  @PutMapping("/{id}")
  InfiniteResearchJson replace(
      Caller caller, Trace trace, @PathVariable("id") String id, ObjectNode body) {
    ScheduleDraft draft = InfiniteReader.read(body, trace.traceId());
    ScheduleId schedule = named(caller, id).id();
    return shown(InfiniteReader.pointing(() -> schedules.change(caller, schedule, draft)));
  }

  /// Changes the fields that are given.
  @PatchMapping("/{id}")
  InfiniteResearchJson change(
      Caller caller, Trace trace, @PathVariable("id") String id, ObjectNode body) {
    ObjectNode whole = written(named(caller, id));
    whole.setAll(body);
    return replace(caller, trace, id, whole);
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(Caller caller, @PathVariable("id") String id) {
    schedules.delete(caller, named(caller, id).id());
  }

  public record ExecutionsJson(List<ExecutionJson> executions, @Nullable String nextCursor) {}

  @GetMapping("/{id}/executions")
  ExecutionsJson executions(
      Caller caller,
      @PathVariable("id") String id,
      @RequestParam Map<String, String> parameters,
      HttpServletRequest request) {
    PageQuery query = PageQuery.of(parameters, caller);
    ScheduleId schedule = named(caller, id).id();
    ScheduleRun last = query.after(cursor -> ScheduleRunCursor.read(schedule, cursor));
    List<ScheduleRun> found = schedules.runs(caller, schedule, last, query.limit());
    Page<ScheduleRun> page = Page.of(found, query, ScheduleRunCursor::of);
    return new ExecutionsJson(
        page.shown(run -> ExecutionJson.of(run, task(run), path -> address.of(path, request))),
        page.next());
  }

  /// Whoever may see a schedule may see what it submitted.
  private Optional<Task> task(ScheduleRun run) {
    return Optional.ofNullable(run.task()).flatMap(tasks::find);
  }

  private Schedule named(Caller caller, String id) {
    return ScheduleId.parse(id)
        .map(named -> schedules.find(caller, named))
        .filter(InfiniteResearchesDoor::ours)
        .orElseThrow(() -> new Problem.NotFound("infinite research: " + id).refused());
  }

  private static boolean ours(Schedule schedule) {
    return schedule.task().type().equals(InfiniteReader.TYPE)
        && schedule.task().tags().contains(InfiniteReader.TAG);
  }

  private InfiniteResearchJson shown(Schedule schedule) {
    return InfiniteResearchJson.of(schedule, json);
  }

  /// An infinite research as its owner would write it.
  private ObjectNode written(Schedule schedule) {
    ObjectNode written = (ObjectNode) json.readTree(schedule.task().params());
    return written
        .put("name", schedule.name())
        .put("cron", schedule.timing().cron())
        .put("time_zone", schedule.timing().timeZone())
        .put("enabled", !schedule.paused());
  }
}
