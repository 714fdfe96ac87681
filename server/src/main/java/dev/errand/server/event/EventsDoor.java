package dev.errand.server.event;

import dev.errand.engine.access.Caller;
import dev.errand.engine.event.History;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `GET /tasks/{id}/events`: what happened to a task and what happens, as Server-Sent Events or,
/// for those who ask for JSON, a page of what happened so far. `WS /tasks/{id}/live` tells the same
/// over a WebSocket.
@RestController
public final class EventsDoor {
  private static final int MAX_PAGE = 1000;

  private final Tasks tasks;
  private final History history;
  private final Followers followers;
  private final JsonMapper json;

  public EventsDoor(Tasks tasks, History history, Followers followers, JsonMapper json) {
    this.tasks = tasks;
    this.history = history;
    this.followers = followers;
    this.json = json;
  }

  @GetMapping("/tasks/{id}/events")
  void events(
      Caller caller,
      TaskId id,
      @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String lastEventId,
      @RequestParam(name = "after", required = false) @Nullable String after,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Task task = tasks.find(caller, id);
    long known = Math.max(number("Last-Event-ID", lastEventId), number("after", after));
    if (ContentNegotiation.wantsPage(request)) {
      page(task, known, response);
    } else {
      stream(task, known, request, response);
    }
  }

  @GetMapping("/tasks/{id}/live")
  void live(
      Caller caller,
      TaskId id,
      @RequestParam(name = "last_event_id", required = false) @Nullable String lastEventId,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    Task task = tasks.find(caller, id);
    followers.socketOfTask(task.id(), number("last_event_id", lastEventId), request, response);
  }

  /// @param nextCursor the `after` of the next page, absent on the last one
  public record EventsJson(List<EventJson> events, @Nullable String nextCursor) {}

  private void page(Task task, long after, HttpServletResponse response) throws IOException {
    List<EventJson> page =
        history.events(task.id(), after, MAX_PAGE).stream()
            .map(event -> EventJson.of(event, json.readTree(event.data())))
            .toList();
    String next = page.size() == MAX_PAGE ? String.valueOf(page.getLast().id()) : null;
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    json.writeValue(response.getOutputStream(), new EventsJson(page, next));
  }

  private void stream(
      Task task, long after, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (after > 0 && task.status().terminal() && history.events(task.id(), after, 1).isEmpty()) {
      // Tells an EventSource, which always comes back after an end, that it need not.
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    response.setContentType(ContentNegotiation.EVENT_STREAM);
    if (!request.getMethod().equals("HEAD")) {
      followers.ofTask(task.id(), after, request, response);
    }
  }

  private static long number(String name, @Nullable String text) {
    if (text == null || text.isEmpty()) {
      return 0;
    }
    if (!text.matches("\\d{1,18}")) {
      throw new Problem.BadRequest(
              "%s must be the number of an event, not \"%s\".".formatted(name, text))
          .refused();
    }
    return Long.parseLong(text);
  }
}
