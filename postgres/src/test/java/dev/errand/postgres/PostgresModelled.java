package dev.errand.postgres;

import dev.errand.engine.retention.RetentionStore;
import dev.errand.testkit.model.ModelledStore;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;

/// The stores over one database, for the model test.
final class PostgresModelled extends PostgresStores implements ModelledStore {
  private static final String TICK =
      "SELECT timestamptz 'epoch' + nextval('clock.ticks') * interval '1 microsecond' AS now";

  private static final String CUT =
      """
      SELECT count(pg_terminate_backend(l.pid, 5000))
        FROM pg_locks l JOIN workers w ON l.objid = w.number
       WHERE l.locktype = 'advisory' AND l.classid = %d AND w.id = ?
         AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
      """
          .formatted(PostgresSession.LOCK_CLASS);

  private final ModelDatabase own;
  private final Database database;
  private final MortalConnections life;
  private final Runnable given;
  private final RetentionStore retention;

  /// @param bug what the stores' connections go through
  /// @param given is told when this store is closed
  static PostgresModelled over(ModelDatabase own, UnaryOperator<DataSource> bug, Runnable given) {
    MortalConnections life = new MortalConnections(own.pool());
    DataSource pool = bug.apply(life.on(own.pool(), own.pool()::evictConnection));
    DataSource sessions = bug.apply(life.on(own.sessions(), _ -> {}));
    return new PostgresModelled(own, life, pool, sessions, given);
  }

  private PostgresModelled(
      ModelDatabase own,
      MortalConnections life,
      DataSource pool,
      DataSource sessions,
      Runnable given) {
    super(pool, sessions);
    this.own = own;
    this.life = life;
    this.given = given;
    this.database = new Database(own.pool());
    this.retention = new PostgresRetention(pool);
    own.begin();
    database.update(
        "TRUNCATE schedules, schedule_runs, pruned_bytes, "
            + String.join(", ", PostgresUnderTest.TABLES));
  }

  @Override
  public void cut(UUID session) {
    database.count(CUT, session);
  }

  @Override
  public void dieAt(int statement, boolean done) {
    life.dieAt(statement, done);
  }

  @Override
  public boolean revive() {
    return life.revive();
  }

  @Override
  public Instant now() {
    return database.query(TICK, row -> Database.instant(row, "now")).getFirst();
  }

  @Override
  public void timePasses(Duration time) {
    own.setClock(time);
  }

  @Override
  public Duration precision() {
    return Duration.ZERO;
  }

  @Override
  public void close() {
    given.run();
  }

  @Override
  public RetentionStore retention() {
    return retention;
  }
}
