package dev.errand.postgres;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/// A database with a clock of its own: `now()` and its like come from a sequence that counts
/// microseconds, for everything that the schema and the stores say.
///
/// Its functions are found before PostgreSQL's own because the search path says so. As there,
/// `now()` does not move within a transaction.
final class ModelDatabase implements AutoCloseable {
  private static final AtomicInteger CREATED = new AtomicInteger();

  /// Nobody can let go of what a statement of the only caller waits for.
  private static final String OPTIONS =
      " -c search_path=public,clock,pg_catalog -c lock_timeout=3s";

  private static final List<String> CLOCK =
      List.of(
          "CREATE SCHEMA clock",
          """
          DO $$ BEGIN EXECUTE format(
            'CREATE SEQUENCE clock.ticks INCREMENT 1000 START %s',
            (extract(epoch FROM pg_catalog.now()) * 1000000)::bigint);
          END $$
          """,
          """
          CREATE FUNCTION clock.clock_timestamp() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
          DECLARE
            microseconds bigint;
          BEGIN
            SELECT last_value INTO microseconds FROM clock.ticks;
            RETURN timestamptz 'epoch' + microseconds * interval '1 microsecond';
          END $$
          """,
          """
          CREATE FUNCTION clock.statement_timestamp() RETURNS timestamptz LANGUAGE sql STABLE
          RETURN clock.clock_timestamp()
          """,
          """
          CREATE FUNCTION clock.now() RETURNS timestamptz LANGUAGE plpgsql STABLE AS $$
          DECLARE
            known text := current_setting('clock.now', true);
          BEGIN
            IF known IS NULL OR known = '' THEN
              known := set_config('clock.now', clock.clock_timestamp()::text, true);
            END IF;
            RETURN known::timestamptz;
          END $$
          """);

  /// Ids are of the world's clock: for this one they are so old that no task is kept for its id.
  private static final String BEGIN =
      """
      SELECT setval('clock.ticks', (extract(epoch FROM date_trunc(
        'day', pg_catalog.now() AT TIME ZONE 'UTC') AT TIME ZONE 'UTC'
        + interval '60 days 10 minutes') * 1000000)::bigint)
      """;

  private final HikariDataSource pool;
  private final PGSimpleDataSource sessions = new PGSimpleDataSource();

  private ModelDatabase(HikariDataSource pool) {
    this.pool = pool;
    sessions.setUrl(pool.getJdbcUrl());
    sessions.setUser(pool.getUsername());
    sessions.setPassword(pool.getPassword());
    sessions.setOptions(StatementPlans.OPTIONS + OPTIONS);
  }

  /// @param beside a database on the server on which this one is to be
  static ModelDatabase beside(TestDatabase beside) {
    String name = "model_" + CREATED.incrementAndGet();
    new Database(beside.pool()).update("CREATE DATABASE " + name);
    var config = new HikariConfig();
    config.setJdbcUrl(beside.pool().getJdbcUrl().replaceAll("/[^/]*$", "/" + name));
    config.setUsername(beside.pool().getUsername());
    config.setPassword(beside.pool().getPassword());
    config.addDataSourceProperty("options", StatementPlans.OPTIONS + OPTIONS);
    config.setMaximumPoolSize(6);
    config.setMinimumIdle(0);
    ModelDatabase database = new ModelDatabase(new HikariDataSource(config));
    database.migrate();
    return database;
  }

  private void migrate() {
    CLOCK.forEach(new Database(pool)::update);
    Migrations.migrate(pool);
  }

  /// Sets the clock to where each run begins: no moment of interest is near.
  void begin() {
    new Database(pool).query(BEGIN, row -> row.getLong(1));
  }

  void setClock(Duration on) {
    new Database(pool)
        .query(
            "SELECT setval('clock.ticks', last_value + ?) FROM clock.ticks",
            row -> row.getLong(1),
            on.toNanos() / 1_000);
  }

  /// The function that claims.
  String claiming() {
    return new Database(pool)
        .query("SELECT pg_get_functiondef('hold_next_tasks'::regproc)", row -> row.getString(1))
        .getFirst();
  }

  void claimBy(String function) {
    new Database(pool).update(function);
  }

  HikariDataSource pool() {
    return pool;
  }

  DataSource sessions() {
    return sessions;
  }

  @Override
  public void close() {
    pool.close();
  }
}
