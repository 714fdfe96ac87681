package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.testkit.contract.TaskDraft;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LongQueueTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final int QUEUED = 50_000;

  /// Rows and index entries that were read by sessions which have ended.
  private static final String READ =
      """
      SELECT seq_tup_read + (SELECT sum(idx_tup_read) FROM pg_stat_user_indexes WHERE relid = t.relid)
        FROM pg_stat_user_tables t WHERE relname = 'open_tasks'
      """;

  private static final String OTHERS =
      """
      SELECT count(*) FROM pg_stat_activity
       WHERE datname = current_database() AND backend_type <> 'autovacuum worker'
         AND pid <> pg_backend_pid()
      """;

  private final Database sql = new Database(database.pool());

  /// Every statement has a session of its own, which counts what it read when it ends.
  private final DataSource sessions = PostgresUnderTest.sessions(database);

  private final PostgresStores stores = new PostgresUnderTest(sessions, sessions);

  @Test
  void what_nodes_do_again_and_again_reads_a_long_queue_nowhere_whole() {
    for (int i = 0; i < QUEUED / 1_000; i++) {
      stores
          .tasks()
          .submit(IntStream.range(0, 1_000).mapToObj(_ -> TaskDraft.of("echo").task()).toList());
    }
    sql.update("VACUUM ANALYZE open_tasks");
    int before = read();

    NewWorker ant = new NewWorker("ant", List.of("echo"), 10, Duration.ofMinutes(1));
    try (Session session = stores.leases().open(ant)) {
      for (int i = 0; i < 10; i++) {
        work(session);
        lookAfterThings();
      }
    }

    assertThat(read() - before).isLessThan(QUEUED);
  }

  private void work(Session session) {
    Lease lease = session.claim(1).getFirst();
    stores.leases().append(lease, List.of(new NewEvent.Progress(1, "")));
    session.heartbeat();
    session.cancelRequests();
    session.heldBesides(Set.of());
    stores.tasks().cancel(lease.task());
    stores.leases().end(lease, new Outcome.Cancelled());
    try (Hold hold = session.hold(1)) {
      hold.settle(Map.of(hold.leases().getFirst(), "1"), List.of());
    }
    stores.tasks().find(lease.task());
    stores.tasks().outlook(lease.task());
    stores.tasks().attempts(lease.task());
    stores.history().events(lease.task(), 0, 10);
    stores.tasks().retry(lease.task());
  }

  private void lookAfterThings() {
    stores.leases().rescue();
    stores.tasks().expire(100);
    stores.budgets().settleAbandoned();
    stores.schedules().takeDue(10, Duration.ofSeconds(1));
    stores.webhooks().relay(10, _ -> List.of());
    stores.workers().all();
  }

  private int read() {
    database.pool().getHikariPoolMXBean().softEvictConnections();
    Awaitility.await().until(() -> sql.count(OTHERS) == 0);
    return sql.count(READ);
  }
}
