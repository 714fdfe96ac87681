package dev.errand.bench.peer.client;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import org.postgresql.PGConnection;

/// The floor, but calls that enqueue at the same time share a commit and a notification, and each
/// of them returns after that; idle workers listen.
final class CoalescingFloorQueue extends FloorQueue {
  private static final String INSERT_ALL_AND_NOTIFY =
      """
      WITH inserted AS (INSERT INTO jobs (job) SELECT unnest(?::int[]))
      SELECT pg_notify('jobs', '')
      """;
  private static final int WRITERS = 2;
  private static final int MAX_SHARED = 1_000;
  private static final int LISTEN_MILLIS = 1_000;

  private final BlockingQueue<Waiting> waiting = new LinkedBlockingQueue<>();

  /// A job whose caller waits for its commit.
  private record Waiting(int job, CompletableFuture<Void> committed) {}

  @Override
  public void openProducer() {
    for (int i = 0; i < WRITERS; i++) {
      Thread.ofPlatform().daemon().name("writer").start(this::write);
    }
  }

  @Override
  public void enqueue(int job) throws Exception {
    Waiting one = new Waiting(job, new CompletableFuture<>());
    waiting.add(one);
    one.committed().get();
  }

  private void write() {
    try {
      while (true) {
        List<Waiting> shared = new ArrayList<>();
        shared.add(waiting.take());
        waiting.drainTo(shared, MAX_SHARED - 1);
        enqueueAll(shared.stream().map(Waiting::job).toList());
        shared.forEach(one -> one.committed().complete(null));
      }
    } catch (Exception e) {
      e.printStackTrace();
      Runtime.getRuntime().halt(1);
    }
  }

  @Override
  String insertAll() {
    return INSERT_ALL_AND_NOTIFY;
  }

  @Override
  void prepare(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("LISTEN jobs");
    }
  }

  @Override
  void awaitJobs(Connection connection) throws SQLException {
    connection.unwrap(PGConnection.class).getNotifications(LISTEN_MILLIS);
  }
}
