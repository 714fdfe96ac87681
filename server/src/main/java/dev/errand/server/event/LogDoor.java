package dev.errand.server.event;

import dev.errand.engine.access.Caller;
import dev.errand.engine.event.History;
import dev.errand.engine.event.History.Line;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Tasks;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.json.JsonMapper;

/// `GET /tasks/{id}/log`: a task's log as text or as JSON lines, so far or live.
@RestController
public final class LogDoor {
  private static final String JSON_LINES = "application/x-ndjson";
  private static final int PAGE = 1000;

  private final Tasks tasks;
  private final History history;
  private final Followers followers;
  private final JsonMapper json;

  public LogDoor(Tasks tasks, History history, Followers followers, JsonMapper json) {
    this.tasks = tasks;
    this.history = history;
    this.followers = followers;
    this.json = json;
  }

  @GetMapping("/tasks/{id}/log")
  void log(
      Caller caller,
      TaskId id,
      @RequestParam(name = "follow", defaultValue = "false") boolean follow,
      HttpServletRequest request,
      HttpServletResponse response)
      throws IOException {
    tasks.find(caller, id);
    String accept = String.valueOf(request.getHeader("Accept"));
    boolean lines = accept.contains("json");
    response.setContentType((lines ? JSON_LINES : "text/plain") + ";charset=UTF-8");
    Function<Line, String> format = lines ? this::json : LogDoor::text;
    if (follow && request.getMethod().equals("GET")) {
      followers.ofLog(id, format, request, response);
    } else {
      soFar(id, format, response.getOutputStream());
    }
  }

  private void soFar(TaskId id, Function<Line, String> format, OutputStream out)
      throws IOException {
    long last = 0;
    List<Line> page;
    do {
      page = history.log(id, last, PAGE);
      for (Line line : page) {
        out.write(format.apply(line).getBytes(StandardCharsets.UTF_8));
        last = line.number();
      }
    } while (page.size() == PAGE);
  }

  private static String text(Line line) {
    return "%s %-5s %s\n".formatted(line.line().at(), line.line().level(), line.line().text());
  }

  /// A line as the API shows it.
  public record LineJson(long number, Instant at, String level, String text) {}

  private String json(Line line) {
    LineJson shown =
        new LineJson(
            line.number(),
            line.line().at(),
            line.line().level().name().toLowerCase(Locale.ROOT),
            line.line().text());
    return json.writeValueAsString(shown) + "\n";
  }
}
