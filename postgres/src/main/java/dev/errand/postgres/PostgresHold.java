package dev.errand.postgres;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.task.TaskId;
import dev.errand.postgres.Database.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/// Tasks whose rows a transaction has locked, on a connection of the worker's own. When that
/// breaks, or the worker stays silent for seconds, PostgreSQL lets go of the rows.
final class PostgresHold implements Hold {
  /// How many times in a row a worker that finds nothing in some lanes looks on behind them.
  private static final int LOOKS = 10;

  private static final String NEXT = "SELECT * FROM hold_next_tasks(?, ?, ?, ?, ?)";

  /// Writes once what nobody could have read in between: the attempt, its `started` and the task's
  /// last event are in this row.
  private static final String COMPLETE =
      """
      WITH given AS (
        SELECT unnest(?::tid[]) AS place, unnest(?::uuid[]) AS token, unnest(?::text[]) AS result),
      ended AS (
        DELETE FROM open_tasks USING given
         WHERE open_tasks.ctid = given.place
        RETURNING open_tasks.*, given.token, given.result),
      %s
      INSERT INTO ended_tasks (
             task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt, cancel_requested,
             started_at, progress, outcome, finished_at, result, events, log_lines,
             lease_token, worker, leased_at, started_event)
      SELECT task_id, owner, type, params, queue, priority, tags, timeout_ms, max_retries, trace_id,
             created_at, first_due_at, concurrency_key, batch_id, lane, due_at, attempt + 1, false,
             coalesce(started_at, now()), 100, 'completed', statement_timestamp(), result, events + 2,
             log_lines, token, ?, now(), events + 1
        FROM ended
      """
          .formatted(Outbox.noting("'completed'", "ended.events + 2", "statement_timestamp()"));

  private static final String LEASE =
      """
      WITH given AS (
        SELECT unnest(?::tid[]) AS place, unnest(?::uuid[]) AS token)
      UPDATE open_tasks
         SET rank = NULL, lease_token = given.token, worker_id = ?, leased_at = now(),
             attempt = attempt + 1, started_at = coalesce(started_at, now()), expires_at = NULL,
             error_code = NULL, error_message = NULL, error_trace = NULL,
             events = events + 1, started_event = events + 1, updated_at = now()
        FROM given
       WHERE open_tasks.ctid = given.place
         AND EXISTS (SELECT FROM workers WHERE id = ? AND ended_at IS NULL)
      RETURNING lease_token
      """;

  private final PostgresSession session;
  private final Connection connection;
  private final UUID claim;
  private final List<Lease> leases;
  private final Map<UUID, Found> found = new HashMap<>();
  private final boolean urgent;
  private boolean ended;

  private PostgresHold(
      PostgresSession session, Connection connection, UUID claim, List<Found> found) {
    this.session = session;
    this.connection = connection;
    this.claim = claim;
    this.leases = found.stream().map(Found::lease).toList();
    found.forEach(one -> this.found.put(one.lease().token(), one));
    this.urgent = found.stream().anyMatch(Found::guarded);
  }

  /// A task in reach.
  ///
  /// @param place where its row is for as long as it is locked
  /// @param guarded whether a limit applies to it
  private record Found(Lease lease, String place, boolean guarded, Duration waited) {}

  /// What is known of a lane.
  ///
  /// @param found a task; absent where this lane and those before it had nothing to claim
  private record Row(Turn.Place lane, Optional<Found> found) {}

  /// Locks up to `limit` due tasks; the next hold begins with the lane after theirs.
  static PostgresHold take(PostgresSession session, int limit) throws SQLException {
    UUID claim = UUID.randomUUID();
    Connection connection = session.holding().borrow();
    try {
      List<Found> found = List.of();
      boolean more = true;
      for (int look = 0; look < LOOKS && more; look++) {
        List<Row> rows = next(connection, session, claim, limit);
        found = rows.stream().flatMap(row -> row.found().stream()).toList();
        if (!rows.isEmpty()) {
          session.turn().pass(rows.getLast().lane());
        }
        if (found.isEmpty()) {
          connection.rollback();
        }
        more = found.isEmpty() && !rows.isEmpty();
      }
      return new PostgresHold(session, connection, claim, found);
    } catch (SQLException | RuntimeException e) {
      HoldingConnections.discard(connection);
      throw e;
    }
  }

  private static List<Row> next(
      Connection connection, PostgresSession session, UUID claim, int limit) throws SQLException {
    Turn.Place last = session.turn().last();
    return Database.query(
        connection,
        NEXT,
        row -> read(row, claim),
        session.id(),
        new Array("text", session.worker().types()),
        limit,
        last.queue(),
        last.lane());
  }

  private static Row read(ResultSet row, UUID claim) throws SQLException {
    Turn.Place lane = new Turn.Place(row.getString("queue"), row.getLong("lane"));
    UUID task = row.getObject("task_id", UUID.class);
    return new Row(lane, task == null ? Optional.empty() : Optional.of(found(row, task, claim)));
  }

  private static Found found(ResultSet row, UUID task, UUID claim) throws SQLException {
    Lease lease =
        new Lease(
            new TaskId(task),
            PostgresSession.token(claim, task),
            row.getString("owner"),
            row.getString("type"),
            row.getString("params"),
            row.getInt("attempt") + 1,
            row.getInt("failures"),
            row.getInt("max_retries"),
            Duration.ofMillis(row.getLong("timeout_ms")),
            row.getString("trace_id"));
    return new Found(
        lease,
        row.getString("place"),
        row.getBoolean("guarded"),
        Duration.ofNanos((long) (row.getDouble("waited") * 1e9)));
  }

  @Override
  public List<Lease> leases() {
    return leases;
  }

  @Override
  public Duration waited(Lease lease) {
    return found(lease).waited();
  }

  private Found found(Lease lease) {
    return Objects.requireNonNull(found.get(lease.token()), "A lease of another hold");
  }

  @Override
  public boolean leased() {
    return false;
  }

  @Override
  public boolean urgent() {
    return urgent;
  }

  @Override
  public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
    ended = true;
    try {
      complete(completed);
      Set<UUID> leased = lease(kept);
      connection.commit();
      session.holding().giveBack(connection);
      return kept.stream().filter(lease -> leased.contains(lease.token())).toList();
    } catch (SQLException e) {
      HoldingConnections.discard(connection);
      if (!kept.isEmpty()) {
        session.unheard(claim);
      }
      throw Database.failure(e);
    }
  }

  private void complete(Map<Lease, String> completed) throws SQLException {
    if (!completed.isEmpty()) {
      Database.update(
          connection,
          COMPLETE,
          places(completed.keySet()),
          tokens(completed.keySet()),
          new Array("text", List.copyOf(completed.values())),
          session.worker().name());
    }
  }

  private Set<UUID> lease(List<Lease> kept) throws SQLException {
    return kept.isEmpty()
        ? Set.of()
        : Set.copyOf(
            Database.query(
                connection,
                LEASE,
                row -> row.getObject(1, UUID.class),
                places(kept),
                tokens(kept),
                session.id(),
                session.id()));
  }

  private Array places(Collection<Lease> some) {
    return Array.of("text", some, lease -> found(lease).place());
  }

  private static Array tokens(Collection<Lease> some) {
    return Array.of("uuid", some, Lease::token);
  }

  @Override
  public void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      connection.rollback();
      session.holding().giveBack(connection);
    } catch (SQLException _) {
      HoldingConnections.discard(connection);
    }
  }
}
