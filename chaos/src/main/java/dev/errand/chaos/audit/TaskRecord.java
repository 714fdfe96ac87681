package dev.errand.chaos.audit;

import dev.errand.chaos.node.Footprints.Footprint;
import dev.errand.chaos.node.Walk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that is known of one task: what the database says, read by SQL of the test's own, and the
/// footprints.
public record TaskRecord(
    TaskRow task,
    List<EventRow> events,
    List<AttemptRow> attempts,
    Map<String, StepRow> steps,
    List<String> log,
    List<String> artifacts,
    List<Footprint> footprints) {

  public record TaskRow(
      UUID id,
      String type,
      String params,
      @Nullable String key,
      @Nullable String outcome,
      @Nullable String result,
      int events,
      int logLines,
      @Nullable String open) {
    /// See [Walk.Route].
    boolean stumbles() {
      return params.contains("\"stumbles\":true");
    }
  }

  public record EventRow(int number, String type, Instant at, String data) {
    public boolean end() {
      return List.of("completed", "failed", "cancelled").contains(type);
    }
  }

  public record AttemptRow(
      int number, String worker, Instant started, Instant ended, String outcome) {
    /// See [Walk#name].
    public String name() {
      return Walk.name(number, pid());
    }

    /// The worker's process.
    public long pid() {
      return pid(worker);
    }

    /// The process of a worker by its name, `HOST pid N`.
    static long pid(String worker) {
      return Long.parseLong(worker.substring(worker.lastIndexOf(' ') + 1));
    }
  }

  public record StepRow(String name, String value, Instant finished) {}

  private static final String TASKS =
      """
      SELECT t.id, t.type, t.params, k.key, CASE WHEN t.finished_at IS NOT NULL THEN t.status END AS outcome,
             t.result, t.events, t.log_lines, o::text AS open
        FROM tasks t LEFT JOIN idempotency_keys k ON k.task_id = t.id
                     LEFT JOIN open_tasks o ON o.task_id = t.id
       ORDER BY t.id
      """;

  private static final String EVENTS =
      "SELECT task_id, number, type, at, data FROM task_events ORDER BY task_id, number";

  private static final String ATTEMPTS =
      """
      SELECT task_id, number, worker, started_at, ended_at, outcome
        FROM task_attempts WHERE outcome IS NOT NULL ORDER BY task_id, started_at, ended_at
      """;

  private static final String STEPS =
      "SELECT task_id, name, value, finished_at FROM steps ORDER BY task_id, name";

  private static final String LOG =
      "SELECT task_id, number || ' ' || line AS line FROM log_lines ORDER BY task_id, number";

  private static final String ARTIFACTS =
      "SELECT task_id, name || ' ' || type AS artifact FROM artifacts ORDER BY task_id";

  private interface Reading<T> {
    T read(ResultSet row) throws SQLException;
  }

  public static List<TaskRecord> all(Connection database, List<Footprint> footprints)
      throws SQLException {
    Map<UUID, List<EventRow>> events =
        byTask(
            database,
            EVENTS,
            row ->
                new EventRow(
                    row.getInt("number"),
                    row.getString("type"),
                    instant(row, "at"),
                    row.getString("data")));
    Map<UUID, List<AttemptRow>> attempts =
        byTask(
            database,
            ATTEMPTS,
            row ->
                new AttemptRow(
                    row.getInt("number"),
                    row.getString("worker"),
                    instant(row, "started_at"),
                    instant(row, "ended_at"),
                    row.getString("outcome")));
    Map<UUID, List<StepRow>> steps =
        byTask(
            database,
            STEPS,
            row ->
                new StepRow(
                    row.getString("name"), row.getString("value"), instant(row, "finished_at")));
    Map<UUID, List<String>> log = byTask(database, LOG, row -> row.getString("line"));
    Map<UUID, List<String>> artifacts =
        byTask(database, ARTIFACTS, row -> row.getString("artifact"));
    Map<UUID, List<Footprint>> steppedOn =
        footprints.stream().collect(Collectors.groupingBy(Footprint::task));
    List<TaskRecord> all = new ArrayList<>();
    for (TaskRow task : rows(database)) {
      UUID id = task.id();
      Map<String, StepRow> byName = new LinkedHashMap<>();
      steps.getOrDefault(id, List.of()).forEach(step -> byName.put(step.name(), step));
      all.add(
          new TaskRecord(
              task,
              events.getOrDefault(id, List.of()),
              attempts.getOrDefault(id, List.of()),
              byName,
              log.getOrDefault(id, List.of()),
              artifacts.getOrDefault(id, List.of()),
              steppedOn.getOrDefault(id, List.of())));
    }
    return all;
  }

  private static List<TaskRow> rows(Connection database) throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(TASKS);
        ResultSet row = statement.executeQuery()) {
      List<TaskRow> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(
            new TaskRow(
                row.getObject("id", UUID.class),
                row.getString("type"),
                row.getString("params"),
                row.getString("key"),
                row.getString("outcome"),
                row.getString("result"),
                row.getInt("events"),
                row.getInt("log_lines"),
                row.getString("open")));
      }
      return rows;
    }
  }

  private static <T> Map<UUID, List<T>> byTask(Connection database, String sql, Reading<T> reading)
      throws SQLException {
    try (PreparedStatement statement = database.prepareStatement(sql);
        ResultSet row = statement.executeQuery()) {
      Map<UUID, List<T>> found = new LinkedHashMap<>();
      while (row.next()) {
        found
            .computeIfAbsent(row.getObject("task_id", UUID.class), _ -> new ArrayList<>())
            .add(reading.read(row));
      }
      return found;
    }
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /// For people who look for what went wrong.
  @Override
  public String toString() {
    return Stream.of(
            Stream.of(task),
            events.stream(),
            attempts.stream(),
            steps.values().stream(),
            log.stream(),
            artifacts.stream(),
            footprints.stream())
        .flatMap(lines -> lines)
        .map(line -> "  " + line)
        .collect(Collectors.joining("\n"));
  }
}
