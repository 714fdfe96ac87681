package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.instantOrNull;

import dev.errand.engine.run.Run;
import dev.errand.engine.run.Run.Metric;
import dev.errand.engine.run.Run.Note;
import dev.errand.engine.run.RunStore;
import dev.errand.engine.task.TaskId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Runs on PostgreSQL.
public final class PostgresRuns implements RunStore {
  private static final String START =
      """
      INSERT INTO runs (id, owner, key, task_id)
      VALUES (?, ?, ?, ?::uuid)
          ON CONFLICT (id) DO NOTHING
      """;

  private static final String END =
      """
      UPDATE runs
         SET status = ?, ended_at = now()
       WHERE id = ? AND status = 'running'
      """;

  private static final String FIND = "SELECT * FROM runs WHERE id = ?";

  private static final String LATEST =
      "SELECT * FROM runs WHERE owner = ? AND key = ? ORDER BY id DESC LIMIT 1";

  private static final String LAST_COMPLETED =
      """
      SELECT ended_at
        FROM runs
       WHERE owner = ? AND key = ? AND status = 'completed'
       ORDER BY ended_at DESC
       LIMIT 1
      """;

  private static final String LIST =
      """
      SELECT *
        FROM runs
       WHERE owner = ?
         AND (?::text IS NULL OR key = ?)
         AND (?::uuid IS NULL OR id < ?)
       ORDER BY id DESC
       LIMIT ?
      """;

  private static final String MEASURE =
      """
      INSERT INTO run_metrics (run_id, name, value)
      SELECT id, ?, ? FROM runs WHERE id = ?
          ON CONFLICT (run_id, name) DO UPDATE SET value = excluded.value, at = now()
      """;

  private static final String NOTE =
      "INSERT INTO run_notes (run_id, text) SELECT id, ? FROM runs WHERE id = ?";

  private static final String METRICS = "SELECT * FROM run_metrics WHERE run_id = ? ORDER BY name";
  private static final String NOTES = "SELECT * FROM run_notes WHERE run_id = ? ORDER BY number";
  private static final String DELETE = "DELETE FROM runs WHERE id = ?";

  private static final String FORGET =
      """
      DELETE FROM runs
       WHERE id = ANY (ARRAY(
             SELECT id FROM runs
              WHERE id < first_id_at(now() - ? * interval '1 microsecond')
              ORDER BY id
              LIMIT 1000))
      """;

  private final Database database;

  public PostgresRuns(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Run start(UUID id, String owner, String key, @Nullable TaskId task) {
    database.update(START, id, owner, key, task == null ? null : task.value());
    return find(id).orElseThrow();
  }

  @Override
  public boolean end(UUID id, Run.Status status) {
    return database.update(END, status.toString(), id) > 0;
  }

  @Override
  public Optional<Run> find(UUID id) {
    return database.queryOne(FIND, PostgresRuns::run, id);
  }

  @Override
  public Optional<Run> latest(String owner, String key) {
    return database.queryOne(LATEST, PostgresRuns::run, owner, key);
  }

  @Override
  public Optional<Instant> lastCompleted(String owner, String key) {
    return database.queryOne(LAST_COMPLETED, row -> instant(row, "ended_at"), owner, key);
  }

  @Override
  public List<Run> list(String owner, @Nullable String key, @Nullable UUID before, int limit) {
    return database.query(LIST, PostgresRuns::run, owner, key, key, before, before, limit);
  }

  @Override
  public boolean measure(UUID run, String name, double value) {
    return database.update(MEASURE, name, value, run) > 0;
  }

  @Override
  public boolean note(UUID run, String text) {
    return database.update(NOTE, text, run) > 0;
  }

  @Override
  public List<Metric> metrics(UUID run) {
    return database.query(
        METRICS,
        row -> new Metric(row.getString("name"), row.getDouble("value"), instant(row, "at")),
        run);
  }

  @Override
  public List<Note> notes(UUID run) {
    return database.query(NOTES, row -> new Note(row.getString("text"), instant(row, "at")), run);
  }

  @Override
  public boolean delete(UUID id) {
    return database.update(DELETE, id) > 0;
  }

  @Override
  public int forget(Duration olderThan) {
    int forgotten = 0;
    int some;
    do {
      some = database.update(FORGET, olderThan.toNanos() / 1_000);
      forgotten += some;
    } while (some > 0);
    return forgotten;
  }

  private static Run run(ResultSet row) throws SQLException {
    UUID task = row.getObject("task_id", UUID.class);
    return new Run(
        row.getObject("id", UUID.class),
        row.getString("owner"),
        row.getString("key"),
        task == null ? null : new TaskId(task),
        Run.Status.of(row.getString("status")).orElseThrow(),
        instant(row, "started_at"),
        instantOrNull(row, "ended_at"));
  }
}
