package dev.errand.testkit.memory;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.History.Line;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.TaskError;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/// What a task leaves behind: its events, its log and its attempts.
class Trail {
  private static final JsonMapper JSON = new JsonMapper();

  private final List<Event> events = new ArrayList<>();
  private final List<Line> log = new ArrayList<>();
  private final List<AttemptRecord> attempts = new ArrayList<>();

  void happened(String type, Map<String, Object> data, Instant now) {
    events.add(new Event(number(events.size()), type, now, JSON.writeValueAsString(data)));
  }

  /// The number of the event that follows `earlier` others.
  long number(int earlier) {
    return earlier + 1L;
  }

  void logged(LogLine line) {
    Instant at = line.at().truncatedTo(ChronoUnit.MICROS);
    log.add(new Line(log.size() + 1, new LogLine(at, line.level(), line.text())));
  }

  void attemptStarted(int number, String worker, Instant now) {
    attempts.add(new AttemptRecord(number, worker, now, null, null, null));
  }

  void attemptEnded(String outcome, @Nullable TaskError error, Instant now) {
    AttemptRecord running = attempts.removeLast();
    attempts.add(
        new AttemptRecord(
            running.number(),
            running.worker(),
            running.startedAt(),
            now,
            outcome,
            error == null ? null : storable(error)));
  }

  List<Event> events() {
    return List.copyOf(events);
  }

  List<Line> log() {
    return List.copyOf(log);
  }

  List<AttemptRecord> attempts() {
    return List.copyOf(attempts);
  }

  /// When something happened last: the time at which the task was updated.
  Instant latest() {
    return events.getLast().at();
  }

  static TaskError storable(TaskError error) {
    String stackTrace = error.stackTrace();
    return new TaskError(
        storable(error.code()),
        storable(error.message()),
        stackTrace == null ? null : storable(stackTrace));
  }

  /// Text as a database can keep it: a NUL, which PostgreSQL refuses, becomes the replacement sign.
  static String storable(String text) {
    return text.replace('\u0000', '\uFFFD');
  }
}
