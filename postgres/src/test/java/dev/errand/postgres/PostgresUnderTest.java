package dev.errand.postgres;

import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// The stores over one database, whose contents can be made to look older.
final class PostgresUnderTest extends PostgresStores {
  static final List<String> TABLES =
      List.of(
          "open_tasks",
          "ended_tasks",
          "queues",
          "workers",
          "idempotency_keys",
          "attempts",
          "steps",
          "events",
          "log_lines",
          "artifacts",
          "budgets",
          "reservations",
          "submission_rates",
          "schedules",
          "webhooks",
          "task_callbacks",
          "webhook_outbox",
          "webhook_deliveries");

  private static final long AWAY = Duration.ofDays(36_500).toNanos() / 1_000;

  private static final String AGE_RUNS =
      """
      UPDATE schedule_runs
         SET moment = moment - given.age, look_at = look_at - given.age
        FROM (SELECT ? * interval '1 microsecond' AS age) given
      """;

  private static final String TIMES =
      """
      SELECT table_name, string_agg(format('%I = %I - ? * interval ''1 microsecond''',
                                           column_name, column_name), ', ') AS changes,
             count(*) AS columns
        FROM information_schema.columns
       WHERE data_type = 'timestamp with time zone' AND table_name = ANY (?)
       GROUP BY table_name
      """;

  private final Database database;

  PostgresUnderTest(DataSource pool, DataSource sessions) {
    super(pool, sessions);
    database = new Database(pool);
  }

  static PostgresUnderTest empty(TestDatabase database) {
    PostgresUnderTest store = new PostgresUnderTest(database.pool(), sessions(database));
    store.clear();
    return store;
  }

  static DataSource sessions(TestDatabase database) {
    HikariDataSource pool = database.pool();
    PGSimpleDataSource sessions = new PGSimpleDataSource();
    sessions.setUrl(pool.getJdbcUrl());
    sessions.setUser(pool.getUsername());
    sessions.setPassword(pool.getPassword());
    sessions.setOptions(StatementPlans.OPTIONS);
    return sessions;
  }

  private void clear() {
    database.update("TRUNCATE schedule_runs, " + String.join(", ", TABLES));
  }

  @Override
  public Instant now() {
    return database
        .query("SELECT clock_timestamp() AS now", row -> Database.instant(row, "now"))
        .getFirst();
  }

  @Override
  public void timePasses(Duration time) {
    long microseconds = time.toNanos() / 1_000;
    for (Aging table : tables()) {
      Object[] parameters = new Object[table.columns()];
      Arrays.fill(parameters, microseconds);
      database.update("UPDATE %s SET %s".formatted(table.name(), table.changes()), parameters);
    }
    // Far away and back: on the way, no run takes the moment that another one still has.
    database.update(AGE_RUNS, AWAY + microseconds);
    database.update(AGE_RUNS, -AWAY);
    daysPass((int) time.toDays());
  }

  /// Whole days only: the account of a day belongs to that day.
  private void daysPass(int days) {
    database.update("UPDATE reservations SET day = day - ?", days);
    database.update("UPDATE budgets SET day = day - ?, used_on = used_on - ?", days, days);
  }

  private record Aging(String name, String changes, int columns) {}

  private List<Aging> tables() {
    return database.query(
        TIMES,
        row ->
            new Aging(row.getString("table_name"), row.getString("changes"), row.getInt("columns")),
        new Database.Array("text", TABLES));
  }

  @Override
  public Duration precision() {
    return Duration.ofSeconds(10);
  }

  @Override
  public void close() {}
}
