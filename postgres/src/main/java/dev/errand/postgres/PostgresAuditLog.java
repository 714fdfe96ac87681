package dev.errand.postgres;

import static dev.errand.postgres.Database.instant;

import dev.errand.engine.access.AuditLog;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// The audit log on PostgreSQL.
public final class PostgresAuditLog implements AuditLog {
  private static final String RECORD =
      """
      INSERT INTO audit_log (actor, via, action, target, done, address, detail)
      VALUES (?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String LIST =
      """
      SELECT * FROM audit_log
       WHERE (?::text IS NULL OR actor = ?) AND (?::text IS NULL OR action = ?)
         AND (?::bigint IS NULL OR number < ?)
       ORDER BY number DESC LIMIT ?
      """;

  private static final String FORGET =
      "DELETE FROM audit_log WHERE at < now() - ? * interval '1 millisecond'";

  private final Database database;

  public PostgresAuditLog(DataSource connections) {
    this.database = new Database(connections);
  }

  @Override
  public void record(Entry entry) {
    database.update(
        RECORD,
        entry.actor(),
        entry.via(),
        entry.action(),
        entry.target(),
        entry.done(),
        entry.address(),
        entry.detail());
  }

  @Override
  public List<Recorded> list(
      @Nullable String actor, @Nullable String action, @Nullable Long before, int limit) {
    return database.query(
        LIST, PostgresAuditLog::read, actor, actor, action, action, before, before, limit);
  }

  private static Recorded read(ResultSet row) throws SQLException {
    return new Recorded(
        row.getLong("number"),
        instant(row, "at"),
        new Entry(
            row.getString("actor"),
            row.getString("via"),
            row.getString("action"),
            row.getString("target"),
            row.getBoolean("done"),
            row.getString("address"),
            row.getString("detail")));
  }

  @Override
  public int forget(Duration age) {
    return database.update(FORGET, age.toMillis());
  }
}
