package dev.errand.bench.peer.client;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.IntConsumer;
import javax.sql.DataSource;

/// The floor under every queue on PostgreSQL: one narrow table, one index, plain JDBC; no lease, no
/// retry, no history. Two workers claim up to 500 jobs with one commit and delete them with
/// another; idle ones look every 5 ms.
class FloorQueue implements JobQueue {
  private static final String SCHEMA =
      """
      CREATE TABLE jobs (
        id bigint GENERATED ALWAYS AS IDENTITY,
        state smallint NOT NULL DEFAULT 0,
        job int NOT NULL);
      CREATE INDEX jobs_ready ON jobs (id) WHERE state = 0;
      CREATE UNIQUE INDEX jobs_id ON jobs (id)
      """;
  private static final String INSERT = "INSERT INTO jobs (job) VALUES (?)";
  private static final String INSERT_ALL = "INSERT INTO jobs (job) SELECT unnest(?::int[])";

  /// Materialized: otherwise the planner may run the inner query for every row, and claim more.
  private static final String CLAIM =
      """
      WITH ready AS MATERIALIZED (
        SELECT id FROM jobs
         WHERE state = 0
         ORDER BY id
         LIMIT ?
           FOR UPDATE SKIP LOCKED)
      UPDATE jobs SET state = 1
        FROM ready
       WHERE jobs.id = ready.id
      RETURNING jobs.id, jobs.job
      """;

  private static final String FINISH = "DELETE FROM jobs WHERE id = ANY (?)";
  private static final int WORKERS = 2;
  private static final int MAX_CLAIM = 500;
  private static final long LOOK_MILLIS = 5;

  private final DataSource connections = Connections.direct();
  private final Queue<Connection> idle = new ConcurrentLinkedQueue<>();

  private record Claimed(long id, int job) {}

  @Override
  public void createSchema() throws SQLException {
    Connections.execute(SCHEMA);
  }

  @Override
  public void openProducer() {}

  @Override
  public void enqueue(int job) throws Exception {
    withConnection(
        INSERT,
        insert -> {
          insert.setInt(1, job);
          insert.execute();
        });
  }

  @Override
  public void enqueueAll(List<Integer> jobs) throws Exception {
    withConnection(
        insertAll(),
        insert -> {
          insert.setObject(1, jobs.toArray(Integer[]::new));
          insert.execute();
        });
  }

  String insertAll() {
    return INSERT_ALL;
  }

  private interface Use {
    void of(PreparedStatement statement) throws SQLException;
  }

  private void withConnection(String sql, Use use) throws SQLException {
    Connection free = idle.poll();
    Connection connection = free == null ? connections.getConnection() : free;
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      use.of(statement);
    }
    idle.add(connection);
  }

  @Override
  public void startWorker(IntConsumer handler) throws SQLException {
    for (int i = 0; i < WORKERS; i++) {
      Connection connection = connections.getConnection();
      prepare(connection);
      Thread.ofPlatform().daemon().name("worker").start(() -> work(connection, handler));
    }
  }

  void prepare(Connection connection) throws SQLException {}

  void awaitJobs(Connection connection) throws SQLException, InterruptedException {
    Thread.sleep(LOOK_MILLIS);
  }

  private void work(Connection connection, IntConsumer handler) {
    try (PreparedStatement claim = connection.prepareStatement(CLAIM);
        PreparedStatement finish = connection.prepareStatement(FINISH)) {
      claim.setInt(1, MAX_CLAIM);
      while (true) {
        List<Claimed> claimed = claimed(claim);
        if (claimed.isEmpty()) {
          awaitJobs(connection);
          continue;
        }
        claimed.forEach(one -> handler.accept(one.job()));
        finish.setObject(1, claimed.stream().map(Claimed::id).toArray(Long[]::new));
        finish.executeUpdate();
      }
    } catch (SQLException | InterruptedException e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  private static List<Claimed> claimed(PreparedStatement claim) throws SQLException {
    List<Claimed> claimed = new ArrayList<>();
    try (ResultSet rows = claim.executeQuery()) {
      while (rows.next()) {
        claimed.add(new Claimed(rows.getLong(1), rows.getInt(2)));
      }
    }
    return claimed;
  }

  @Override
  public long unfinished() throws SQLException {
    return Connections.count(connections, "SELECT count(*) FROM jobs");
  }
}
