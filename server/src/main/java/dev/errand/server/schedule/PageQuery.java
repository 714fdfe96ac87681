package dev.errand.server.schedule;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The query of a list of schedules or runs, checked.
///
/// @param size how many a page shows; one more is asked for, which tells whether there is more
/// @param cursor where the page before ended, in plain text
/// @param owner whose, absent for everybody's
public record PageQuery(int size, @Nullable String cursor, @Nullable String owner) {
  private static final int DEFAULT_PAGE = 50;
  private static final int MAX_PAGE = 200;

  /// @param known the parameters that there are
  /// @throws Problem.Refused for what is unknown or makes no sense
  public static PageQuery of(Map<String, String> parameters, List<String> known, Caller caller) {
    parameters.keySet().forEach(name -> check(name, known));
    String owner = parameters.getOrDefault("owner", caller.user());
    return new PageQuery(
        size(parameters.get("limit")),
        decoded(parameters.get("cursor")),
        owner.equals("*") ? null : owner);
  }

  private static void check(String name, List<String> known) {
    if (!known.contains(name)) {
      throw bad("There is no parameter %s; known are %s".formatted(name, String.join(", ", known)));
    }
  }

  private static int size(@Nullable String text) {
    if (text == null) {
      return DEFAULT_PAGE;
    }
    int size = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (size < 1 || size > MAX_PAGE) {
      throw bad("limit must be 1 to " + MAX_PAGE);
    }
    return size;
  }

  /// The schedule with which the page before ended.
  public @Nullable ScheduleId lastSchedule() {
    return cursor == null ? null : ScheduleId.parse(cursor).orElseThrow(PageQuery::badCursor);
  }

  /// Stands for the run of `schedule` with which the page before ended.
  public @Nullable ScheduleRun lastRun(ScheduleId schedule) {
    return cursor == null ? null : run(schedule, cursor).orElseThrow(PageQuery::badCursor);
  }

  public static String cursorAfter(ScheduleId last) {
    return encoded(last.toString());
  }

  public static String cursorAfter(ScheduleRun last) {
    return encoded((last.triggered() ? "t" : "d") + last.moment());
  }

  private static Optional<ScheduleRun> run(ScheduleId schedule, String cursor) {
    try {
      Instant moment = Instant.parse(cursor.substring(1));
      boolean triggered = cursor.startsWith("t");
      return Optional.of(
          new ScheduleRun(schedule, moment, triggered, ScheduleRun.Status.SKIPPED, null, null));
    } catch (DateTimeException | StringIndexOutOfBoundsException _) {
      return Optional.empty();
    }
  }

  private static String encoded(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static @Nullable String decoded(@Nullable String cursor) {
    if (cursor == null) {
      return null;
    }
    try {
      return new String(Base64.getUrlDecoder().decode(cursor), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException _) {
      throw badCursor();
    }
  }

  private static Problem.Refused badCursor() {
    return bad("cursor must be the next_cursor of the page before");
  }

  private static Problem.Refused bad(String what) {
    return new Problem.BadRequest(what + ".").refused();
  }
}
