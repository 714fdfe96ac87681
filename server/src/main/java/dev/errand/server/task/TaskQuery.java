package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Tasks;
import dev.errand.server.page.Page;
import dev.errand.server.page.PageQuery;
import java.util.Arrays;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Which tasks a caller asks for.
public record TaskQuery(TaskFilter filter, PageQuery page) {
  private static final int MAX_TEXT = 200;

  /// @param more the parameters that there are besides `limit` and `cursor`, some of `status type
  ///   tag q owner`
  /// @throws Problem.Refused for what is unknown or makes no sense
  public static TaskQuery of(Map<String, String> parameters, Caller caller, String... more) {
    PageQuery page = PageQuery.of(parameters, caller, more);
    parameters.forEach(TaskQuery::check);
    TaskFilter filter =
        new TaskFilter(
            page.owner(),
            status(parameters.get("status")),
            parameters.get("type"),
            parameters.get("tag"),
            parameters.get("q"),
            page.after(TaskId::parse),
            page.limit());
    return new TaskQuery(filter, page);
  }

  private static void check(String name, String value) {
    if (value.length() > MAX_TEXT) {
      throw PageQuery.bad("%s must have %d characters at most".formatted(name, MAX_TEXT));
    }
  }

  private static @Nullable TaskStatus status(@Nullable String word) {
    if (word == null) {
      return null;
    }
    String known =
        Arrays.stream(TaskStatus.values()).map(Object::toString).collect(Collectors.joining(", "));
    return TaskStatus.of(word)
        .orElseThrow(
            () -> PageQuery.bad("status must be one of %s, not \"%s\"".formatted(known, word)));
  }

  /// This query for tasks of one type only, and with one tag if `tag` names one.
  public TaskQuery only(String type, @Nullable String tag) {
    return new TaskQuery(
        new TaskFilter(
            filter.owner(),
            filter.status(),
            type,
            tag,
            filter.text(),
            filter.before(),
            filter.limit()),
        page);
  }

  /// The tasks that `caller` may see of those asked for.
  public Page<Task> list(Tasks tasks, Caller caller) {
    return Page.of(tasks.list(caller, filter), page, task -> task.id().toString());
  }
}
