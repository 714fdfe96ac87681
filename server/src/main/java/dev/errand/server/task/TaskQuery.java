package dev.errand.server.task;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.Tasks;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The query of `GET /tasks`, checked.
///
/// @param filter asks for one task more than the page shows: that one tells whether there is more
/// @param pageSize tasks a page
public record TaskQuery(TaskFilter filter, int pageSize) {
  private static final List<String> KNOWN =
      List.of("status", "type", "tag", "q", "limit", "cursor", "owner");
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;
  private static final int MAX_TEXT = 200;

  /// @throws Problem.Refused for what is unknown or makes no sense
  static TaskQuery of(Map<String, String> parameters, Caller caller) {
    return of(parameters, KNOWN, caller);
  }

  /// @param known the parameters that there are
  /// @throws Problem.Refused for what is unknown or makes no sense
  public static TaskQuery of(Map<String, String> parameters, List<String> known, Caller caller) {
    parameters.forEach((name, value) -> check(name, value, known));
    int pageSize = pageSize(parameters.get("limit"));
    TaskFilter filter =
        new TaskFilter(
            owner(parameters.get("owner"), caller),
            status(parameters.get("status")),
            parameters.get("type"),
            parameters.get("tag"),
            parameters.get("q"),
            before(parameters.get("cursor")),
            pageSize + 1);
    return new TaskQuery(filter, pageSize);
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
        pageSize);
  }

  /// @param next the cursor of the page that follows, absent on the last one
  public record Page(List<Task> tasks, @Nullable String next) {
    public Page {
      tasks = List.copyOf(tasks);
    }
  }

  /// The tasks that `caller` may see of those asked for.
  public Page page(Tasks tasks, Caller caller) {
    List<Task> found = tasks.list(caller, filter);
    List<Task> shown = found.stream().limit(pageSize).toList();
    return new Page(shown, found.size() > shown.size() ? cursor(shown.getLast().id()) : null);
  }

  /// What leads to the page that follows one ending with `last`.
  static String cursor(TaskId last) {
    UUID id = last.value();
    ByteBuffer bytes = ByteBuffer.allocate(16);
    bytes.putLong(id.getMostSignificantBits()).putLong(id.getLeastSignificantBits());
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.array());
  }

  private static void check(String name, String value, List<String> known) {
    if (!known.contains(name)) {
      throw bad("There is no parameter %s; known are %s".formatted(name, String.join(", ", known)));
    }
    if (value.length() > MAX_TEXT || value.indexOf('\0') >= 0) {
      throw bad("%s must be %d characters at most, without NUL".formatted(name, MAX_TEXT));
    }
  }

  /// Everybody sees their own; an administrator may ask for somebody's, or with `*` for all.
  private static @Nullable String owner(@Nullable String asked, Caller caller) {
    if (asked == null) {
      return caller.user();
    }
    return asked.equals("*") ? null : asked;
  }

  private static @Nullable TaskStatus status(@Nullable String word) {
    if (word == null) {
      return null;
    }
    String known =
        Arrays.stream(TaskStatus.values()).map(Object::toString).collect(Collectors.joining(", "));
    return TaskStatus.of(word)
        .orElseThrow(() -> bad("status must be one of %s, not \"%s\"".formatted(known, word)));
  }

  private static int pageSize(@Nullable String text) {
    if (text == null) {
      return DEFAULT_PAGE;
    }
    boolean number = text.matches("\\d{1,3}");
    int size = number ? Integer.parseInt(text) : 0;
    if (size < 1 || size > MAX_PAGE) {
      throw bad("limit must be 1 to %d, not \"%s\"".formatted(MAX_PAGE, text));
    }
    return size;
  }

  private static @Nullable TaskId before(@Nullable String cursor) {
    return cursor == null
        ? null
        : taskIn(cursor)
            .orElseThrow(() -> bad("cursor must be the next_cursor of the page before"));
  }

  private static Optional<TaskId> taskIn(String cursor) {
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(cursor));
      return bytes.remaining() == 16
          ? Optional.of(new TaskId(new UUID(bytes.getLong(), bytes.getLong())))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  private static Problem.Refused bad(String what) {
    return new Problem.BadRequest(what + ".").refused();
  }
}
