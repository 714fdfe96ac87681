package dev.errand.cli.command;

import dev.errand.cli.server.Trouble;
import dev.errand.client.ErrandClient;
import dev.errand.client.Task;
import dev.errand.client.TaskPage;
import dev.errand.client.TaskQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Takes the start or the end of a task's id for the whole of it.
final class TaskIds {
  private static final int WHOLE = 36;
  private static final int SHORTEST = 4;
  private static final int PAGE = 200;
  private static final int PAGES = 5;

  private TaskIds() {}

  /// The id that `typed` means.
  ///
  /// @param typed a whole id, or at least four characters with which one of the newest thousand
  ///   tasks begins or ends
  /// @throws Trouble when it means none, or more than one
  static String whole(ErrandClient client, String typed) {
    String part = typed.toLowerCase(Locale.ROOT);
    if (part.length() == WHOLE) {
      return part;
    }
    if (!part.matches("[0-9a-f-]{" + SHORTEST + "," + (WHOLE - 1) + "}")) {
      throw Trouble.usage(
          "'%s' is no task's id, nor four or more characters of one's start or end."
              .formatted(typed));
    }
    List<String> found = find(client, part);
    return switch (found.size()) {
      case 1 -> found.getFirst();
      case 0 -> throw Trouble.notThere("None of your newest tasks has an id with '" + typed + "'.");
      default ->
          throw Trouble.notThere(
              "'%s' could be any of these; more of the id is needed:\n  %s"
                  .formatted(
                      typed, String.join("\n  ", found.subList(0, Math.min(10, found.size())))));
    };
  }

  private static List<String> find(ErrandClient client, String part) {
    List<String> found = new ArrayList<>();
    TaskQuery query = TaskQuery.newest(PAGE);
    for (int page = 0; page < PAGES; page++) {
      TaskPage tasks = client.tasks(query);
      tasks.tasks().stream()
          .map(Task::id)
          .filter(id -> id.startsWith(part) || id.endsWith(part))
          .forEach(found::add);
      if (tasks.nextCursor() == null) {
        break;
      }
      query = query.after(tasks.nextCursor());
    }
    return found;
  }
}
