package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.lease.WorkerStatus;
import dev.errand.engine.lease.Workers;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import javax.sql.DataSource;

/// Workers as PostgreSQL knows them.
public final class PostgresWorkers implements Workers {
  private static final String ALL =
      """
      SELECT w.name, w.types, w.concurrency, w.started_at, w.heartbeat_at,
             coalesce(held.leases, 0) AS leases, w.ended_at IS NULL AND w.expires_at > now() AS alive
        FROM workers w
        LEFT JOIN (
             SELECT worker_id, count(*) AS leases
               FROM open_tasks WHERE lease_token IS NOT NULL GROUP BY worker_id) held
          ON held.worker_id = w.id
       WHERE w.ended_at IS NULL OR held.leases > 0
       ORDER BY w.started_at, w.number
      """;

  private final Database database;

  public PostgresWorkers(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public List<WorkerStatus> all() {
    return database.query(ALL, PostgresWorkers::read);
  }

  private static WorkerStatus read(ResultSet row) throws SQLException {
    return new WorkerStatus(
        row.getString("name"),
        List.of((String[]) row.getArray("types").getArray()),
        row.getInt("concurrency"),
        instant(row, "started_at"),
        instant(row, "heartbeat_at"),
        row.getInt("leases"),
        row.getBoolean("alive"));
  }
}
