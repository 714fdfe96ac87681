package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;
import static dev.errand.postgres.Database.microseconds;

import dev.errand.engine.schedule.Schedule;
import dev.errand.engine.schedule.ScheduleId;
import dev.errand.engine.schedule.ScheduleRun;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.task.TaskId;
import dev.errand.postgres.Database.Array;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// Schedules on PostgreSQL.
public final class PostgresSchedules implements ScheduleStore {
  private static final String NOW = "SELECT clock_timestamp() AS now";

  private static final String ADD =
      """
      INSERT INTO schedules (name, cron, time_zone, overlap, misfire, type, params, queue, priority,
                             tags, timeout_ms, max_retries, callback_url, paused, next_at, look_at,
                             updated_at, id, owner, created_at, revision)
      VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::timestamptz, ?::timestamptz, ?, ?, ?, ?, 0)
          ON CONFLICT (id) DO NOTHING
      """;

  private static final String FIND = ScheduleRow.SELECT + " WHERE s.id = ?";

  private static final String LIST =
      ScheduleRow.SELECT
          + """
           WHERE (?::text IS NULL OR s.owner = ?) AND (?::uuid IS NULL OR s.id < ?)
           ORDER BY s.id DESC LIMIT ?
          """;

  private static final String REPLACE =
      """
      UPDATE schedules
         SET name = ?, cron = ?, time_zone = ?, overlap = ?, misfire = ?, type = ?, params = ?,
             queue = ?, priority = ?, tags = ?, timeout_ms = ?, max_retries = ?, callback_url = ?,
             paused = ?,
             next_at = ?::timestamptz, look_at = ?::timestamptz, revision = revision + 1,
             updated_at = ?
       WHERE id = ? AND revision = ?
      """;

  private static final String DELETE = "DELETE FROM schedules WHERE id = ?";

  private static final String RUNS =
      """
      SELECT * FROM schedule_runs
       WHERE schedule_id = ?
         AND (?::timestamptz IS NULL OR (moment, triggered) < (?::timestamptz, ?::boolean))
       ORDER BY moment DESC, triggered DESC LIMIT ?
      """;

  private static final String STARTED_RUNS =
      """
      SELECT * FROM schedule_runs
       WHERE schedule_id = ? AND status <> 'skipped'
       ORDER BY moment DESC, triggered DESC LIMIT ?
      """;

  private static final String UNTIL_NEXT =
      """
      SELECT (extract(epoch FROM least(
               (SELECT min(look_at) FROM schedules WHERE look_at IS NOT NULL),
               (SELECT min(look_at) FROM schedule_runs WHERE status = 'waiting')
             ) - clock_timestamp()) * 1000000)::bigint AS microseconds
      """;

  private static final String TAKE_DUE =
      """
      WITH due AS (
        SELECT id FROM schedules
         WHERE look_at <= now()
         ORDER BY look_at LIMIT ?
           FOR UPDATE SKIP LOCKED),
      s AS (
        UPDATE schedules
           SET look_at = now() + ? * interval '1 microsecond'
          FROM due
         WHERE schedules.id = due.id
        RETURNING schedules.*)
      SELECT %s FROM s LEFT JOIN schedule_runs r ON false
       ORDER BY s.next_at
      """
          .formatted(ScheduleRow.COLUMNS);

  /// A moment that has its run (the clock may have been put back) is passed by without another one.
  private static final String DECIDE =
      """
      WITH given AS (
        SELECT * FROM unnest(
          ?::uuid[], ?::bigint[], ?::timestamptz[], ?::timestamptz[], ?::text[], ?::uuid[],
          ?::text[])
          AS given (id, revision, next_at, moment, status, task_id, note)),
      counted AS (
        UPDATE schedules
           SET next_at = given.next_at, look_at = given.next_at, revision = schedules.revision + 1
          FROM given
         WHERE schedules.id = given.id AND schedules.revision = given.revision
        RETURNING schedules.id),
      noted AS (
        INSERT INTO schedule_runs (schedule_id, moment, triggered, status, task_id, note, look_at)
        SELECT given.id, moment, false, status, task_id, note,
               CASE status WHEN 'waiting' THEN now() END
          FROM given JOIN counted USING (id)
            ON CONFLICT DO NOTHING
        RETURNING schedule_id)
      SELECT count(*) FROM noted
      """;

  private static final String TRIGGER =
      """
      INSERT INTO schedule_runs (schedule_id, moment, triggered, status, task_id, look_at)
      SELECT id, ?, true, 'waiting', ?, now() + ? * interval '1 microsecond'
        FROM schedules WHERE id = ?
          ON CONFLICT DO NOTHING
      """;

  private static final String TAKE_WAITING =
      """
      WITH waiting AS (
        SELECT schedule_id, moment, triggered FROM schedule_runs
         WHERE status = 'waiting' AND look_at <= now()
         ORDER BY look_at LIMIT ?
           FOR UPDATE SKIP LOCKED),
      r AS (
        UPDATE schedule_runs
           SET look_at = now() + ? * interval '1 microsecond'
          FROM waiting
         WHERE schedule_runs.schedule_id = waiting.schedule_id
           AND schedule_runs.moment = waiting.moment
           AND schedule_runs.triggered = waiting.triggered
        RETURNING schedule_runs.*)
      SELECT %s FROM r JOIN schedules s ON s.id = r.schedule_id
       ORDER BY r.moment
      """
          .formatted(ScheduleRow.COLUMNS);

  /// Whatever else was noted meanwhile: the task is there.
  private static final String SUBMITTED =
      """
      UPDATE schedule_runs
         SET status = 'submitted', task_id = given.task_id, look_at = NULL
        FROM unnest(?::uuid[], ?::timestamptz[], ?::boolean[], ?::uuid[])
             AS given (id, moment, triggered, task_id)
       WHERE schedule_runs.schedule_id = given.id AND schedule_runs.moment = given.moment
         AND schedule_runs.triggered = given.triggered
      """;

  private static final String SKIP_WAITING =
      """
      UPDATE schedule_runs
         SET status = 'skipped', task_id = NULL, look_at = NULL, note = ?
       WHERE schedule_id = ? AND status = 'waiting' AND NOT triggered
      """;

  private static final String FORGET_RUNS =
      """
      DELETE FROM schedule_runs
       WHERE ctid = ANY (ARRAY(
             SELECT ctid FROM schedule_runs
              WHERE moment < now() - ? * interval '1 microsecond' AND status <> 'waiting'
              LIMIT 1000))
      """;

  private final Database database;

  public PostgresSchedules(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public Instant now() {
    return database.query(NOW, row -> instant(row, "now")).getFirst();
  }

  @Override
  public void add(Schedule schedule) {
    database.update(
        ADD, parameters(schedule, schedule.id().value(), schedule.owner(), schedule.createdAt()));
  }

  @Override
  public Optional<Schedule> find(ScheduleId id) {
    return database.queryOne(FIND, ScheduleRow::schedule, id.value());
  }

  @Override
  public List<Schedule> list(@Nullable String owner, @Nullable ScheduleId before, int limit) {
    UUID last = before == null ? null : before.value();
    return database.query(LIST, ScheduleRow::schedule, owner, owner, last, last, limit);
  }

  @Override
  public boolean replace(Schedule schedule) {
    int replaced =
        database.update(REPLACE, parameters(schedule, schedule.id().value(), schedule.revision()));
    return replaced > 0;
  }

  /// What may be changed of a schedule, in the order in which both statements name it, and then
  /// `others`.
  private static @Nullable Object[] parameters(Schedule schedule, Object... others) {
    List<@Nullable Object> parameters = new ArrayList<>();
    parameters.add(schedule.name());
    parameters.add(schedule.timing().cron());
    parameters.add(schedule.timing().timeZone());
    parameters.add(schedule.timing().overlap().toString());
    parameters.add(schedule.timing().misfire().toString());
    parameters.add(schedule.task().type());
    parameters.add(schedule.task().params());
    parameters.add(schedule.task().queue());
    parameters.add(schedule.task().priority().rank());
    parameters.add(new Array("text", schedule.task().tags()));
    parameters.add(schedule.task().timeout().toMillis());
    parameters.add(schedule.task().maxRetries());
    parameters.add(schedule.task().callbackUrl());
    parameters.add(schedule.paused());
    parameters.add(schedule.next());
    parameters.add(schedule.next());
    parameters.add(schedule.updatedAt());
    parameters.addAll(List.of(others));
    return parameters.toArray();
  }

  @Override
  public boolean delete(ScheduleId id) {
    return database.update(DELETE, id.value()) > 0;
  }

  @Override
  public List<ScheduleRun> runs(ScheduleId id, @Nullable ScheduleRun before, int limit) {
    Instant moment = before == null ? null : before.moment();
    boolean triggered = before != null && before.triggered();
    return database.query(RUNS, ScheduleRow::run, id.value(), moment, moment, triggered, limit);
  }

  @Override
  public List<ScheduleRun> startedRuns(ScheduleId id, int limit) {
    return database.query(STARTED_RUNS, ScheduleRow::run, id.value(), limit);
  }

  @Override
  public Optional<Duration> untilNext() {
    List<Optional<Duration>> found =
        database.query(
            UNTIL_NEXT,
            row ->
                Optional.ofNullable(row.getObject("microseconds", Long.class))
                    .map(microseconds -> Duration.ofNanos(microseconds * 1_000)));
    return found.getFirst();
  }

  @Override
  public List<Schedule> takeDue(int limit, Duration putOff) {
    return database.query(TAKE_DUE, ScheduleRow::schedule, limit, microseconds(putOff));
  }

  @Override
  public int decide(List<Decision> decisions) {
    return database.count(
        DECIDE,
        Array.of("uuid", decisions, decision -> decision.run().schedule().value()),
        Array.of("bigint", decisions, Decision::revision),
        Array.of("timestamptz", decisions, decision -> time(decision.next())),
        Array.of("timestamptz", decisions, decision -> time(decision.run().moment())),
        Array.of("text", decisions, decision -> decision.run().status().toString()),
        Array.of("uuid", decisions, decision -> id(decision.run().task())),
        Array.of("text", decisions, decision -> decision.run().note()));
  }

  @Override
  public boolean trigger(ScheduleRun run, Duration putOff) {
    int added =
        database.update(
            TRIGGER, run.moment(), id(run.task()), microseconds(putOff), run.schedule().value());
    return added > 0;
  }

  @Override
  public List<Waiting> takeWaiting(int limit, Duration putOff) {
    return database.query(
        TAKE_WAITING,
        row -> new Waiting(ScheduleRow.schedule(row), ScheduleRow.run(row)),
        limit,
        microseconds(putOff));
  }

  @Override
  public void submitted(List<ScheduleRun> runs) {
    database.update(
        SUBMITTED,
        Array.of("uuid", runs, run -> run.schedule().value()),
        Array.of("timestamptz", runs, run -> time(run.moment())),
        Array.of("boolean", runs, ScheduleRun::triggered),
        Array.of("uuid", runs, run -> id(run.task())));
  }

  @Override
  public void skipWaiting(ScheduleId id, String why) {
    database.update(SKIP_WAITING, why, id.value());
  }

  @Override
  public int forgetRuns(Duration olderThan) {
    return database.deleteAll(FORGET_RUNS, microseconds(olderThan));
  }

  private static @Nullable Object time(@Nullable Instant moment) {
    return moment == null ? null : moment.atOffset(ZoneOffset.UTC);
  }

  private static @Nullable UUID id(@Nullable TaskId task) {
    return task == null ? null : task.value();
  }
}
