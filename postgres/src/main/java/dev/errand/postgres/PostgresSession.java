package dev.errand.postgres;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskId;
import dev.errand.postgres.Database.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/// One worker's registration. It keeps a connection of its own, which holds an advisory lock: when
/// the process dies the lock is gone at once and others can tell.
final class PostgresSession implements Session {
  /// First half of the advisory locks' key: "ERRD".
  static final int LOCK_CLASS = 0x45525244;

  private static final String REGISTER =
      """
      INSERT INTO workers (id, name, types, concurrency, started_at, heartbeat_at, expires_at)
      VALUES (gen_random_uuid(), ?, ?, ?, now(), now(), now() + ? * interval '1 millisecond')
      RETURNING id, number
      """;

  private static final String HEARTBEAT =
      """
      UPDATE workers
         SET heartbeat_at = now(), expires_at = now() + ? * interval '1 millisecond'
       WHERE id = ? AND ended_at IS NULL
      """;

  private static final String LOCK = "SELECT pg_try_advisory_lock(?, ?)";

  private static final String CLOSE =
      "UPDATE workers SET ended_at = now() WHERE id = ? AND ended_at IS NULL";

  /// By the index of leased tasks, whose condition the question must repeat.
  private static final String CANCEL_REQUESTS =
      """
      SELECT task_id FROM open_tasks
       WHERE worker_id = ? AND lease_token IS NOT NULL AND cancel_requested
      """;

  private static final String HELD =
      """
      SELECT task_id, lease_token, attempt, failures, owner, type, params, max_retries, timeout_ms,
             trace_id
        FROM open_tasks
       WHERE worker_id = ? AND lease_token IS NOT NULL AND %s
       ORDER BY priority, due_at, task_id
      """;

  private static final String CLAIMED =
      HELD.formatted("left(lease_token::text, 18) = left(?::text, 18)");

  private static final String HELD_BESIDES = HELD.formatted("lease_token <> ALL (?)");

  private final Database database;
  private final DataSource sessions;
  private final NewWorker worker;
  private final UUID id;
  private final int number;
  private @Nullable Connection connection;
  private boolean locked;

  private final HoldingConnections holding;
  private final Turn turn = new Turn();

  /// Claims that got no answer.
  private final Queue<UUID> unheard = new ConcurrentLinkedQueue<>();

  private PostgresSession(
      Database database, DataSource sessions, NewWorker worker, UUID id, int number) {
    this.database = database;
    this.sessions = sessions;
    this.worker = worker;
    this.id = id;
    this.number = number;
    this.holding = new HoldingConnections(sessions);
  }

  static PostgresSession open(Database database, DataSource sessions, NewWorker worker) {
    PostgresSession session =
        database
            .query(
                REGISTER,
                row ->
                    new PostgresSession(
                        database,
                        sessions,
                        worker,
                        row.getObject("id", UUID.class),
                        row.getInt("number")),
                worker.name(),
                new Array("text", worker.types()),
                worker.concurrency(),
                worker.leaseFor().toMillis())
            .getFirst();
    session.heartbeat();
    return session;
  }

  @Override
  public Hold hold(int limit) {
    UUID lost = unheard.poll();
    if (lost != null) {
      List<Lease> claimed = claimed(lost);
      if (!claimed.isEmpty()) {
        return new Leased(claimed);
      }
    }
    try {
      return PostgresHold.take(this, limit);
    } catch (SQLException e) {
      throw Database.failure(e);
    }
  }

  private List<Lease> claimed(UUID claim) {
    try {
      return database.query(CLAIMED, PostgresSession::lease, id, claim);
    } catch (StoreUnavailable e) {
      unheard(claim);
      throw e;
    }
  }

  /// Half of a lease's token is its claim's, half its task's: no two are the same, and the leases
  /// of a claim can be found again by it.
  static UUID token(UUID claim, UUID task) {
    return new UUID(claim.getMostSignificantBits(), task.getLeastSignificantBits());
  }

  /// A claim was not answered. It may have been made all the same: then the tasks are this
  /// worker's, and as long as it lives nobody else would run them.
  void unheard(UUID claim) {
    unheard.add(claim);
  }

  /// Leases that an earlier hold was not told of.
  private record Leased(List<Lease> leases) implements Hold {
    @Override
    public Duration waited(Lease lease) {
      return Duration.ZERO; // nobody remembers
    }

    @Override
    public boolean leased() {
      return true;
    }

    @Override
    public boolean urgent() {
      return true;
    }

    @Override
    public List<Lease> settle(Map<Lease, String> completed, List<Lease> kept) {
      return kept;
    }

    @Override
    public void close() {
      // They are leased and stay so.
    }
  }

  @Override
  public UUID id() {
    return id;
  }

  NewWorker worker() {
    return worker;
  }

  HoldingConnections holding() {
    return holding;
  }

  Turn turn() {
    return turn;
  }

  private static Lease lease(ResultSet row) throws SQLException {
    return new Lease(
        new TaskId(row.getObject("task_id", UUID.class)),
        row.getObject("lease_token", UUID.class),
        row.getString("owner"),
        row.getString("type"),
        row.getString("params"),
        row.getInt("attempt"),
        row.getInt("failures"),
        row.getInt("max_retries"),
        Duration.ofMillis(row.getLong("timeout_ms")),
        row.getString("trace_id"));
  }

  @Override
  public synchronized boolean heartbeat() {
    try {
      return beat();
    } catch (SQLException _) {
      // The connection broke, and the lock with it. A new one takes its place before anybody looks.
      disconnect();
      try {
        return beat();
      } catch (SQLException e) {
        disconnect();
        throw Database.failure(e);
      }
    }
  }

  private boolean beat() throws SQLException {
    Connection own = connected();
    if (!locked) {
      // False while the server still holds our previous session for alive; then the next beat asks.
      locked = lock(own);
    }
    try (PreparedStatement statement = own.prepareStatement(HEARTBEAT)) {
      statement.setLong(1, worker.leaseFor().toMillis());
      statement.setObject(2, id);
      return statement.executeUpdate() > 0;
    }
  }

  private Connection connected() throws SQLException {
    Connection own = connection;
    if (own == null) {
      own = sessions.getConnection();
      connection = own;
      // A beat that takes longer would come too late.
      own.setNetworkTimeout(Runnable::run, (int) worker.leaseFor().toMillis());
    }
    return own;
  }

  private boolean lock(Connection own) throws SQLException {
    try (PreparedStatement statement = own.prepareStatement(LOCK)) {
      statement.setInt(1, LOCK_CLASS);
      statement.setInt(2, number);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  private void disconnect() {
    locked = false;
    Connection old = connection;
    connection = null;
    if (old != null) {
      try {
        old.close();
      } catch (SQLException _) {
        // It was broken already.
      }
    }
  }

  @Override
  public List<TaskId> cancelRequests() {
    return database.query(
        CANCEL_REQUESTS, row -> new TaskId(row.getObject("task_id", UUID.class)), id);
  }

  @Override
  public List<Lease> heldBesides(Set<UUID> tokens) {
    return database.query(
        HELD_BESIDES, PostgresSession::lease, id, new Array("uuid", List.copyOf(tokens)));
  }

  @Override
  public synchronized void close() {
    try {
      database.update(CLOSE, id);
    } finally {
      disconnect();
      holding.close();
    }
  }
}
