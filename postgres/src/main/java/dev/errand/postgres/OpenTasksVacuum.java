package dev.errand.postgres;

import dev.errand.engine.loop.Loop;
import java.time.Duration;
import javax.sql.DataSource;

/// Vacuums `open_tasks` as soon as it is worth it. PostgreSQL looks once a minute, by when a busy
/// queue has left behind some hundred thousand index entries that every claim has to pass. Any
/// number of nodes may run one: a vacuum passes over a table that is being vacuumed.
public final class OpenTasksVacuum implements AutoCloseable {
  private static final Duration EVERY = Duration.ofSeconds(1);

  /// So many times as long as a vacuum took, none follows: while somebody reads in a long
  /// transaction, nothing can be cleared away, and the next one would do no better.
  private static final int REST = 10;

  /// A vacuum reads the indexes whole: the more there are in them, the more must be won.
  private static final String WORTH_IT =
      """
      SELECT pg_stat_get_dead_tuples(id) > 20000 + pg_stat_get_live_tuples(id) / 20
        FROM to_regclass('open_tasks') AS id
      """;

  /// To cut off the end of the table would need a lock that nobody else could wait with.
  private static final String VACUUM = "VACUUM (SKIP_LOCKED, TRUNCATE false) open_tasks";

  private final Database database;
  private final Database patient;
  private final Loop loop = new Loop("vacuum", EVERY, this::round);

  private OpenTasksVacuum(Database database, Database patient) {
    this.database = database;
    this.patient = patient;
  }

  /// @param sessions opens connections that wait for as long as a vacuum takes
  public static OpenTasksVacuum start(DataSource connections, DataSource sessions) {
    OpenTasksVacuum vacuum = new OpenTasksVacuum(new Database(connections), new Database(sessions));
    vacuum.loop.start();
    return vacuum;
  }

  public boolean healthy() {
    return loop.healthy();
  }

  private void round() throws InterruptedException {
    long begun = System.nanoTime();
    if (database.yes(WORTH_IT)) {
      patient.update(VACUUM);
    }
    Duration took = Duration.ofNanos(System.nanoTime() - begun);
    Duration rest = took.multipliedBy(REST);
    Thread.sleep(rest.compareTo(EVERY) > 0 ? rest : EVERY);
  }

  @Override
  public void close() {
    loop.close();
  }
}
