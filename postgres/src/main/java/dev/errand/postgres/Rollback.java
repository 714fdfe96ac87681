package dev.errand.postgres;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;

/// Takes a database's schema one step back.
///
/// The way back and the change of Flyway's history are one transaction. It begins by locking that
/// history, which a migration that runs reads and writes in its own transaction: one of the two
/// waits for the other to end.
public final class Rollback {
  private static final String PATIENCE = "SET LOCAL lock_timeout = '30s'";
  private static final String LOCK = "LOCK TABLE flyway_schema_history IN ACCESS EXCLUSIVE MODE";

  private static final String LAST =
      """
      SELECT installed_rank, version, description, script, count(*) OVER () AS applied
        FROM flyway_schema_history
       WHERE success AND version IS NOT NULL
       ORDER BY installed_rank DESC LIMIT 1
      """;

  /// Nodes that only serve HTTP are no workers; their sessions give them away.
  private static final String SESSIONS =
      """
      SELECT 'a server at ' || coalesce(host(client_addr), 'this machine')
        FROM pg_stat_activity
       WHERE datname = current_database() AND application_name = 'errand'
         AND pid <> pg_backend_pid()
       GROUP BY client_addr
      """;

  private static final String WORKERS =
      """
      SELECT 'worker ' || name FROM workers WHERE ended_at IS NULL AND expires_at > now()
      """;

  private final DataSource connections;
  private final String folder;

  public Rollback(DataSource connections) {
    this(connections, Migrations.FOLDER);
  }

  Rollback(DataSource connections, String folder) {
    this.connections = connections;
    this.folder = folder;
  }

  /// The step that would be undone.
  ///
  /// @param first whether nothing would remain
  /// @param losses for people: what is lost
  public record Step(
      int rank, String version, String name, boolean first, String losses, String sql) {}

  /// What whoever asks for a rollback has agreed to.
  ///
  /// @param busy that servers which still use the database will fail
  /// @param everything that everything is deleted, when the first migration is undone
  public record Agreement(boolean busy, boolean everything) {}

  /// The step that [#take] would undo now.
  ///
  /// @throws Refused when there is none, or this version does not know the way back
  public Step last() {
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      if (!yes(statement, "SELECT to_regclass('flyway_schema_history') IS NOT NULL")) {
        throw nothingApplied();
      }
      return last(statement);
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  /// Whether `step` may be undone by whoever has agreed to this much.
  ///
  /// @throws Refused saying why not
  public static void check(Step step, Agreement agreement) {
    if (step.first() && !agreement.everything()) {
      throw new Refused(
          "Nothing remains when migration %s (%s) is undone. %s Repeat it with --force when that is meant."
              .formatted(step.version(), step.name(), step.losses()));
    }
  }

  /// Undoes `step`.
  ///
  /// @throws Refused saying why not, and what to do; then nothing has changed
  public void take(Step step, Agreement agreement) {
    check(step, agreement);
    try (Connection connection = connections.getConnection();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      take(step, agreement, statement);
      connection.commit();
    } catch (SQLException e) {
      throw "55P03".equals(e.getSQLState()) ? inTheWay() : Database.failure(e);
    }
  }

  private void take(Step step, Agreement agreement, Statement statement) throws SQLException {
    statement.setEscapeProcessing(false);
    statement.execute(PATIENCE);
    statement.execute(LOCK);
    if (last(statement).rank() != step.rank()) {
      throw new Refused(
          "Somebody else has changed the schema meanwhile. Look at `errand db status`.");
    }
    if (!agreement.busy()) {
      checkUnused(statement);
    }
    statement.execute(step.sql());
    statement.execute("DELETE FROM flyway_schema_history WHERE installed_rank = " + step.rank());
  }

  private Step last(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery(LAST)) {
      if (!row.next()) {
        throw nothingApplied();
      }
      String version = row.getString("version");
      String name = row.getString("description");
      WayBack back = wayBack(version, name, row.getString("script"));
      return new Step(
          row.getInt("installed_rank"),
          version,
          name,
          row.getInt("applied") == 1,
          back.losses(),
          back.sql());
    }
  }

  private WayBack wayBack(String version, String name, String script) {
    return WayBack.of(folder, script)
        .orElseThrow(() ->
            new Refused(
                (WayBack.knows(folder, script)
                        ? "There is no way back from migration %s (%s). A backup is the only one."
                        : "Migration %s (%s) was made by another version of Errand, and only that one knows the way back.")
                    .formatted(version, name)));
  }

  private static void checkUnused(Statement statement) throws SQLException {
    List<String> users = new ArrayList<>(names(statement, SESSIONS));
    if (yes(statement, "SELECT to_regclass('workers') IS NOT NULL")) {
      users.addAll(names(statement, WORKERS));
    }
    if (!users.isEmpty()) {
      throw new Refused(
          "The database is in use (%s). Stop every server first; one that was killed counts until its lease has run out. With --force they fail instead."
              .formatted(String.join(", ", users)));
    }
  }

  private static List<String> names(Statement statement, String sql) throws SQLException {
    List<String> names = new ArrayList<>();
    try (ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static boolean yes(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      return row.next() && row.getBoolean(1);
    }
  }

  private static Refused nothingApplied() {
    return new Refused("There is nothing to undo: no migration has been applied.");
  }

  private static Refused inTheWay() {
    return new Refused(
        "Somebody has held on to a table for 30 seconds. Stop every server and try again.");
  }

  /// Why there is no step back, and what to do.
  public static final class Refused extends RuntimeException {
    public Refused(String message) {
      super(message);
    }
  }
}
