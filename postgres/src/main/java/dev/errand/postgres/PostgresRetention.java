package dev.errand.postgres;

import dev.errand.engine.budget.Budgets;
import dev.errand.engine.retention.Pruned;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.run.RunStore;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.postgres.Database.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;

/// Retention on PostgreSQL: whole weeks are dropped, the rest is deleted in small batches.
///
/// One node makes a pass at a time: it holds an advisory lock on the connection over which it does
/// everything, so that it has lost the connection when it has lost the lock.
public final class PostgresRetention implements RetentionStore {
  private static final String TRY_LOCK = "SELECT pg_try_advisory_lock(%d, hashtext('retention'))";
  private static final String UNLOCK = "SELECT pg_advisory_unlock(%d, hashtext('retention'))";

  private static final String UNREFERENCED =
      """
      SELECT sha256 FROM pruned_bytes p
       WHERE sha256 > ? AND NOT EXISTS (SELECT FROM artifacts a WHERE a.sha256 = p.sha256)
       ORDER BY sha256 LIMIT ?
      """;

  private static final String DEALT_WITH = "DELETE FROM pruned_bytes WHERE sha256 = ANY (?)";

  private static final String OLDEST_DAY = "SELECT (now() AT TIME ZONE 'UTC')::date - ?::integer";

  private final DataSource connections;
  private final Database database;
  private final ScheduleStore schedules;
  private final RunStore runs;
  private final Budgets budgets;

  public PostgresRetention(DataSource connections) {
    this.connections = connections;
    this.database = new Database(connections);
    this.schedules = new PostgresSchedules(connections);
    this.runs = new PostgresRuns(connections);
    this.budgets = new PostgresBudgets(connections);
  }

  @Override
  public Optional<Pruned> prune(Retention retention, Extent extent) throws InterruptedException {
    try (Connection connection = connections.getConnection()) {
      if (!says(connection, TRY_LOCK)) {
        return Optional.empty();
      }
      try {
        Pruned pruned = new PruningPass(connection, retention).make(extent);
        return Optional.of(pruned.and(forgetOldTimes(retention)));
      } finally {
        release(connection);
      }
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  /// Of schedules, runs and budgets, which do not go with a task.
  private int forgetOldTimes(Retention retention) {
    LocalDate day =
        database
            .query(OLDEST_DAY, row -> row.getObject(1, LocalDate.class), retention.life().toDays())
            .getFirst();
    return schedules.forgetRuns(retention.life())
        + runs.forget(retention.life())
        + budgets.prune(day);
  }

  /// A connection that is broken has lost its lock, and its pool finds out.
  private static void release(Connection connection) {
    try {
      if (!connection.getAutoCommit()) {
        connection.rollback();
        connection.setAutoCommit(true);
      }
      says(connection, UNLOCK);
    } catch (SQLException _) {
      abort(connection);
    }
  }

  private static void abort(Connection connection) {
    try {
      connection.abort(Runnable::run);
    } catch (SQLException _) {
      // It is gone already.
    }
  }

  private static boolean says(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement =
            connection.prepareStatement(sql.formatted(PostgresSession.LOCK_CLASS));
        ResultSet answer = statement.executeQuery()) {
      return answer.next() && answer.getBoolean(1);
    }
  }

  @Override
  public List<String> unreferenced(String after, int limit) {
    return database.query(UNREFERENCED, row -> row.getString(1), after, limit);
  }

  @Override
  public void dealtWith(List<String> sha256s) {
    if (!sha256s.isEmpty()) {
      database.update(DEALT_WITH, new Array("text", sha256s));
    }
  }
}
