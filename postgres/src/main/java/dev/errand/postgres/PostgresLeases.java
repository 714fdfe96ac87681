package dev.errand.postgres;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.task.TaskId;
import dev.errand.postgres.Database.Array;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;

/// Leases on PostgreSQL.
public final class PostgresLeases implements Leases {
  private static final String HOLDS =
      "SELECT count(*) FROM open_tasks WHERE task_id = ? AND lease_token = ?";

  private static final String APPEND =
      """
      WITH given AS (
        SELECT * FROM unnest(?::text[], ?::text[]) WITH ORDINALITY AS given (type, data, position)),
      held AS (
        UPDATE open_tasks
           SET events = events + ?,
               progress = coalesce(?::smallint, progress),
               current_step = CASE WHEN ? THEN ? ELSE current_step END,
               updated_at = now()
         WHERE task_id = ? AND lease_token = ?
        RETURNING task_id, events - ? AS events)
      INSERT INTO events (task_id, number, type, at, data)
      SELECT task_id, events + position, type, now(), data FROM held, given
      """;

  /// Whether the given events are the task's last ones.
  private static final String APPENDED =
      """
      SELECT count(*) = ?
        FROM open_tasks o,
             unnest(?::text[], ?::text[]) WITH ORDINALITY AS given (type, data, position),
             events e
       WHERE o.task_id = ? AND o.lease_token = ? AND e.task_id = o.task_id
         AND (e.number, e.type, e.data) = (o.events - ? + given.position, given.type, given.data)
      """;

  private static final String LOG =
      """
      WITH given AS (
        SELECT * FROM unnest(?::timestamptz[], ?::text[], ?::text[])
          WITH ORDINALITY AS given (at, level, line, position)),
      held AS (
        UPDATE open_tasks
           SET log_lines = log_lines + ?
         WHERE task_id = ? AND lease_token = ?
        RETURNING task_id, log_lines - ? AS log_lines)
      INSERT INTO log_lines (task_id, number, at, level, line)
      SELECT task_id, log_lines + position, at, level, line FROM held, given
      """;

  /// Whether the given lines are the log's last ones.
  private static final String LOGGED =
      """
      SELECT count(*) = ?
        FROM open_tasks o,
             unnest(?::timestamptz[], ?::text[], ?::text[])
               WITH ORDINALITY AS given (at, level, line, position),
             log_lines l
       WHERE o.task_id = ? AND o.lease_token = ? AND l.task_id = o.task_id
         AND (l.number, l.at, l.level, l.line)
             = (o.log_lines - ? + given.position, given.at, given.level, given.line)
      """;

  private static final String FINISH_STEP =
      """
      WITH held AS (
        SELECT task_id FROM open_tasks WHERE task_id = ? AND lease_token = ? FOR UPDATE),
      step AS (
        INSERT INTO steps (task_id, name, value, finished_at)
        SELECT task_id, ?, ?, now() FROM held
            ON CONFLICT DO NOTHING)
      SELECT count(*) FROM held
      """;

  private static final String STEPS =
      "SELECT name, value FROM steps WHERE task_id = ? ORDER BY finished_at, name";

  private final Database database;
  private final DataSource sessions;
  private final PostgresOutcomes outcomes;
  private final PostgresRescue rescue;
  private final Unheard<List<NewEvent>> unheardEvents;
  private final Unheard<List<LogLine>> unheardLines;

  /// @param connections a pool for short statements
  /// @param sessions opens a connection of its own for each worker; not a pool
  public PostgresLeases(DataSource connections, DataSource sessions) {
    this.database = new Database(connections);
    this.sessions = sessions;
    this.outcomes = new PostgresOutcomes(database);
    this.rescue = new PostgresRescue(database, outcomes);
    this.unheardEvents = new Unheard<>(database);
    this.unheardLines = new Unheard<>(database);
  }

  @Override
  public Session open(NewWorker worker) {
    return PostgresSession.open(database, sessions, worker);
  }

  @Override
  public boolean append(Lease lease, List<NewEvent> events) {
    if (events.isEmpty()) {
      return holds(lease);
    }
    return unheardEvents.write(
        lease, List.copyOf(events), () -> appended(lease, events), () -> write(lease, events));
  }

  private boolean appended(Lease lease, List<NewEvent> events) {
    return database.yes(
        APPENDED,
        events.size(),
        Array.of("text", events, EventJson::type),
        Array.of("text", events, EventJson::data),
        lease.task().value(),
        lease.token(),
        events.size());
  }

  private boolean write(Lease lease, List<NewEvent> events) {
    Short percent = null;
    boolean stepChanged = false;
    String step = null;
    for (NewEvent event : events) {
      switch (event) {
        case NewEvent.Progress progress -> percent = (short) progress.percent();
        case NewEvent.StepStarted started -> {
          stepChanged = true;
          step = started.step();
        }
        case NewEvent.StepCompleted _ -> {
          stepChanged = true;
          step = null;
        }
        case NewEvent.StepReused _, NewEvent.ArtifactStored _ -> {}
      }
    }
    return database.update(
            APPEND,
            Array.of("text", events, EventJson::type),
            Array.of("text", events, EventJson::data),
            events.size(),
            percent,
            stepChanged,
            step,
            lease.task().value(),
            lease.token(),
            events.size())
        > 0;
  }

  private boolean holds(Lease lease) {
    return database.count(HOLDS, lease.task().value(), lease.token()) > 0;
  }

  @Override
  public boolean log(Lease lease, List<LogLine> lines) {
    if (lines.isEmpty()) {
      return holds(lease);
    }
    return unheardLines.write(
        lease, List.copyOf(lines), () -> logged(lease, lines), () -> writeLog(lease, lines));
  }

  private boolean logged(Lease lease, List<LogLine> lines) {
    return database.yes(
        LOGGED,
        lines.size(),
        Array.of("timestamptz", lines, LogLine::at),
        Array.of("text", lines, line -> line.level().name()),
        Array.of("text", lines, LogLine::text),
        lease.task().value(),
        lease.token(),
        lines.size());
  }

  private boolean writeLog(Lease lease, List<LogLine> lines) {
    return database.update(
            LOG,
            Array.of("timestamptz", lines, LogLine::at),
            Array.of("text", lines, line -> line.level().name()),
            Array.of("text", lines, LogLine::text),
            lines.size(),
            lease.task().value(),
            lease.token(),
            lines.size())
        > 0;
  }

  @Override
  public boolean finishStep(Lease lease, String step, String value) {
    return database.count(FINISH_STEP, lease.task().value(), lease.token(), step, value) > 0;
  }

  @Override
  public Map<String, String> steps(TaskId task) {
    Map<String, String> steps = new LinkedHashMap<>();
    database
        .query(STEPS, row -> Map.entry(row.getString("name"), row.getString("value")), task.value())
        .forEach(step -> steps.put(step.getKey(), step.getValue()));
    return steps;
  }

  @Override
  public boolean end(Lease lease, Outcome outcome) {
    return outcomes.end(lease, outcome);
  }

  /// Declares every worker dead, for a node that starts and knows that no other one can be using
  /// this database: its tasks need not wait until their worker is missed.
  public void declareAllDead() {
    database.update("UPDATE workers SET ended_at = now() WHERE ended_at IS NULL");
  }

  @Override
  public Rescued rescue() {
    return rescue.rescue();
  }
}
