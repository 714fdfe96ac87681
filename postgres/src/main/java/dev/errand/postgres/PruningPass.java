package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.retention.Pruned;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.retention.RetentionStore.Extent;
import dev.errand.postgres.Database.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.UUID;

/// One pass of pruning over one connection. No statement changes more than [#MOST] rows.
final class PruningPass {
  static final int MOST = 1_000;

  /// A task whose life has no end of its own goes with its week, or alone when its week cannot go.
  private static final Duration WAIT_FOR_WEEK = Duration.ofDays(14);

  private static final Duration RECENT = Duration.ofDays(1);

  /// Ids are of their nodes' clocks, the time of the end is of the database's.
  private static final Duration CLOCKS_APART = Duration.ofHours(1);

  private static final String WEEKS_OVER =
      """
      SELECT week
        FROM (SELECT DISTINCT
                     to_date(right(relname, 10), 'YYYY_MM_DD')::timestamp AT TIME ZONE 'UTC' AS week
                FROM pg_inherits JOIN pg_class ON oid = inhrelid
               WHERE inhparent = ANY (ARRAY['ended_tasks', 'attempts', 'steps', 'events',
                                            'log_lines']::regclass[])
                 AND relname ~ '_\\d{4}_\\d\\d_\\d\\d$') AS weeks
       WHERE week + interval '7 days' < now() - ? * interval '1 second'
       ORDER BY week
      """;

  private static final String DROP_WEEK =
      "SELECT drop_history_week(?::timestamptz, ? * interval '1 second')";

  /// Whether the task `t` has been kept long enough to go alone.
  private static final String OVER =
      """
      coalesce(
        (SELECT t.finished_at < now() - own.seconds * interval '1 second'
           FROM unnest(?::text[], ?::bigint[]) AS own (type, seconds)
          WHERE own.type = t.type),
        t.finished_at < now() - ? * interval '1 second'
        AND t.task_id < first_id_at(now() - ? * interval '1 second'))
      """;

  /// The next tasks by their ids.
  private static final String LOOK =
      """
      SELECT task_id, events, log_lines, %s AS over
        FROM (SELECT task_id, type, finished_at, events, log_lines
                FROM ended_tasks
               WHERE task_id > greatest(?::uuid, first_id_at(now() - ? * interval '1 second'))
                 AND task_id < first_id_at(now() - ? * interval '1 second')
               ORDER BY task_id
               LIMIT %d) AS t
       ORDER BY task_id
      """
          .formatted(OVER, MOST);

  /// Whoever is about to retry one of them waits for the end of the transaction. One that was
  /// retried since it was looked at is not over any more.
  private static final String TAKE =
      """
      SELECT task_id, events, log_lines
        FROM ended_tasks t
       WHERE task_id = ANY (?) AND %s
         FOR UPDATE SKIP LOCKED
      """
          .formatted(OVER);

  private static final List<String> NUMBERED =
      List.of(
          "DELETE FROM events WHERE task_id = ANY (?) AND number > ? AND number <= ?",
          "DELETE FROM log_lines WHERE task_id = ANY (?) AND number > ? AND number <= ?");

  private static final List<String> BELONGINGS =
      List.of(
          """
          DELETE FROM attempts
           WHERE task_id = ANY (?)
             AND token IN (SELECT token FROM attempts WHERE task_id = ANY (?) LIMIT 1000)
          """,
          """
          DELETE FROM steps
           WHERE task_id = ANY (?)
             AND name IN (SELECT name FROM steps WHERE task_id = ANY (?) LIMIT 1000)
          """,
          """
          DELETE FROM idempotency_keys
           WHERE task_id = ANY (?)
             AND ctid = ANY (ARRAY(
                 SELECT ctid FROM idempotency_keys WHERE task_id = ANY (?) LIMIT 1000))
          """,
          """
          WITH pruned AS (
            DELETE FROM artifacts
             WHERE task_id = ANY (?)
               AND id IN (SELECT id FROM artifacts WHERE task_id = ANY (?) LIMIT 1000)
            RETURNING sha256),
          noted AS (
            INSERT INTO pruned_bytes SELECT DISTINCT sha256 FROM pruned ON CONFLICT DO NOTHING)
          SELECT count(*) FROM pruned
          """);

  private static final String END = "DELETE FROM ended_tasks WHERE task_id = ANY (?)";

  private static final String WITHOUT_TASK =
      """
      task_id < first_id_at(now() - ? * interval '1 second')
         AND NOT EXISTS (SELECT FROM open_tasks o WHERE o.task_id = r.task_id)
         AND NOT EXISTS (SELECT FROM ended_tasks e WHERE e.task_id = r.task_id)
      """;

  /// What dropped weeks leave behind; each with the life of a task as its parameter.
  private static final List<String> LEFT_BEHIND =
      List.of(
          leftBehind("attempts_other"),
          leftBehind("steps_other"),
          leftBehind("events_other"),
          leftBehind("log_lines_other"),
          leftBehind("idempotency_keys"),
          leftBehind("task_callbacks"),
          """
          WITH pruned AS (
            DELETE FROM artifacts
             WHERE id IN (SELECT id FROM artifacts r WHERE %s LIMIT 1000)
            RETURNING sha256),
          noted AS (
            INSERT INTO pruned_bytes SELECT DISTINCT sha256 FROM pruned ON CONFLICT DO NOTHING)
          SELECT count(*) FROM pruned
          """
              .formatted(WITHOUT_TASK));

  private static String leftBehind(String table) {
    return "DELETE FROM %s WHERE ctid = ANY (ARRAY(SELECT ctid FROM %s r WHERE %s LIMIT 1000))"
        .formatted(table, table, WITHOUT_TASK);
  }

  private static final List<String> UNWANTED =
      List.of(
          // A claim may overtake the end of its worker, but not by a day.
          """
          DELETE FROM workers
           WHERE ctid = ANY (ARRAY(
                 SELECT ctid FROM workers w
                  WHERE ended_at < now() - interval '1 day'
                    AND NOT EXISTS (SELECT FROM open_tasks o
                                     WHERE o.worker_id = w.id AND o.lease_token IS NOT NULL)
                  LIMIT 1000))
          """,
          """
          DELETE FROM pruned_bytes
           WHERE sha256 IN (SELECT sha256 FROM pruned_bytes p
                             WHERE EXISTS (SELECT FROM artifacts a WHERE a.sha256 = p.sha256)
                             LIMIT 1000)
          """);

  private static final UUID FIRST = new UUID(0, 0);

  private final Connection connection;
  private final Retention retention;
  private int weeks;
  private int tasks;
  private int rows;

  /// @param connection is left in its own transaction when something fails
  PruningPass(Connection connection, Retention retention) {
    this.connection = connection;
    this.retention = retention;
  }

  Pruned make(Extent extent) throws SQLException, InterruptedException {
    dropWeeks();
    switch (extent) {
      case RECENT -> {
        for (Duration life : new TreeSet<>(retention.byType().values())) {
          walk(life.plus(RECENT), life);
        }
      }
      case ALL -> walk(Duration.ofDays(365_000), firstToGo());
    }
    for (String table : LEFT_BEHIND) {
      deleteAll(table, retention.life().toSeconds());
    }
    for (String table : UNWANTED) {
      deleteAll(table);
    }
    return new Pruned(weeks, tasks, rows);
  }

  private void dropWeeks() throws SQLException, InterruptedException {
    long life = retention.life().toSeconds();
    for (Instant week : Database.query(connection, WEEKS_OVER, row -> instant(row, "week"), life)) {
      pause();
      if (Database.query(connection, DROP_WEEK, row -> row.getBoolean(1), week, life).getFirst()) {
        weeks++;
      }
    }
  }

  /// How old a task is that can go alone.
  private Duration firstToGo() {
    return retention.byType().isEmpty()
        ? retention.life().plus(WAIT_FOR_WEEK)
        : retention.shortest();
  }

  /// A task as it was looked at.
  private record Ended(UUID id, int events, int logLines, boolean over) {
    static Ended read(ResultSet row) throws SQLException {
      return new Ended(
          row.getObject("task_id", UUID.class),
          row.getInt("events"),
          row.getInt("log_lines"),
          row.getBoolean("over"));
    }
  }

  /// Looks at the tasks that are `youngest` to `oldest` by their ids.
  private void walk(Duration oldest, Duration youngest) throws SQLException, InterruptedException {
    UUID after = FIRST;
    List<Ended> window;
    do {
      pause();
      window =
          Database.query(
              connection,
              LOOK,
              Ended::read,
              lives(),
              ownLives(),
              retention.life().toSeconds(),
              retention.life().plus(WAIT_FOR_WEEK).toSeconds(),
              after,
              oldest.plus(CLOCKS_APART).toSeconds(),
              youngest.minus(CLOCKS_APART).toSeconds());
      for (List<UUID> batch : batches(window)) {
        pause();
        prune(batch);
      }
      if (!window.isEmpty()) {
        after = window.getLast().id();
      }
    } while (window.size() == MOST);
  }

  private Array lives() {
    return new Array("text", List.copyOf(retention.byType().keySet()));
  }

  private Array ownLives() {
    return new Array(
        "bigint", retention.byType().values().stream().map(Duration::toSeconds).toList());
  }

  /// Those that are over, so that each batch has few enough events and log lines, or is one task.
  private static Collection<List<UUID>> batches(List<Ended> window) {
    List<List<UUID>> batches = new ArrayList<>();
    List<UUID> batch = new ArrayList<>();
    long events = 0;
    long logLines = 0;
    for (Ended task : window) {
      if (task.over()) {
        events += task.events();
        logLines += task.logLines();
        if (!batch.isEmpty() && Math.max(events, logLines) > MOST) {
          batches.add(batch);
          batch = new ArrayList<>();
          events = task.events();
          logLines = task.logLines();
        }
        batch.add(task.id());
      }
    }
    if (!batch.isEmpty()) {
      batches.add(batch);
    }
    return batches;
  }

  /// Removes tasks with all that belongs to them in one transaction.
  private void prune(List<UUID> batch) throws SQLException {
    connection.setAutoCommit(false);
    List<Ended> taken =
        Database.query(
            connection,
            TAKE,
            row ->
                new Ended(
                    row.getObject("task_id", UUID.class),
                    row.getInt("events"),
                    row.getInt("log_lines"),
                    true),
            new Array("uuid", batch),
            lives(),
            ownLives(),
            retention.life().toSeconds(),
            retention.life().plus(WAIT_FOR_WEEK).toSeconds());
    if (!taken.isEmpty()) {
      prune(taken, new Array("uuid", taken.stream().map(Ended::id).toList()));
    }
    connection.commit();
    connection.setAutoCommit(true);
    tasks += taken.size();
  }

  private void prune(List<Ended> taken, Array ids) throws SQLException {
    int most = taken.stream().mapToInt(task -> Math.max(task.events(), task.logLines())).sum();
    for (String numbered : NUMBERED) {
      for (int from = 0; from < most; from += MOST) {
        update(numbered, ids, from, from + MOST);
      }
    }
    for (String belonging : BELONGINGS) {
      int deleted;
      do {
        deleted = update(belonging, ids, ids);
      } while (deleted >= MOST);
    }
    update(END, ids);
  }

  private void deleteAll(String statement, Object... parameters)
      throws SQLException, InterruptedException {
    int deleted;
    do {
      pause();
      deleted = update(statement, parameters);
      rows += deleted;
    } while (deleted >= MOST);
  }

  /// Between two steps, whoever stops the server is heard.
  private static void pause() throws InterruptedException {
    Thread.sleep(1);
  }

  /// How many rows it changed, or what it counts.
  private int update(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      Database.bind(connection, statement, parameters);
      if (statement.execute()) {
        try (ResultSet counted = statement.getResultSet()) {
          return counted.next() ? counted.getInt(1) : 0;
        }
      }
      return statement.getUpdateCount();
    }
  }
}
