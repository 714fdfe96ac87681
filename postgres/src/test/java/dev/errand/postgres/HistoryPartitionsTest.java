package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskId;
import dev.errand.testkit.contract.TaskDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HistoryPartitionsTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private static final Duration WEEK = Duration.ofDays(7);

  private final Database sql = new Database(database.pool());
  private final PostgresTasks tasks = new PostgresTasks(database.pool());
  private final PostgresHistory history = new PostgresHistory(database.pool());
  private final PostgresLeases leases =
      new PostgresLeases(database.pool(), PostgresUnderTest.sessions(database));

  @Test
  void rows_that_came_before_their_partition_move_into_it() {
    TaskId early = ended(inWeeks(6));
    Object eventsBefore = history.events(early, 0, 100);
    assertThat(partitionsOf(early)).isEqualTo(List.of("ended_tasks_other", "events_other"));

    assertThat(make(5, 8)).isEmpty();

    assertThat(partitionsOf(early)).doesNotContain("ended_tasks_other", "events_other").hasSize(2);
    assertThat(history.events(early, 0, 100)).isEqualTo(eventsBefore);
    assertThat(history.log(early, 0, 100)).hasSize(1);
    assertThat(tasks.attempts(early)).hasSize(1);
    assertThat(tasks.find(early).orElseThrow().steps()).hasSize(1);
    assertThat(partitionsOf(ended(inWeeks(7)))).doesNotContain("ended_tasks_other", "events_other");
  }

  @Test
  void a_partition_that_cannot_be_made_does_not_stop_the_others() {
    sql.update(
        "CREATE TABLE in_the_way PARTITION OF ended_tasks FOR VALUES FROM ('%s') TO ('%s')"
            .formatted(idAt(inWeeks(20)), idAt(inWeeks(20).plusSeconds(1))));

    assertThat(make(19, 22))
        .singleElement()
        .asString()
        .startsWith("ended_tasks_")
        .contains("in_the_way");

    assertThat(partitionsOf(ended(inWeeks(20).plusSeconds(60)))).contains("ended_tasks_other");
    assertThat(partitionsOf(ended(inWeeks(21))))
        .doesNotContain("ended_tasks_other", "events_other");
  }

  private static Instant inWeeks(int weeks) {
    return Instant.now().plus(WEEK.multipliedBy(weeks));
  }

  private List<String> make(int fromWeek, int toWeek) {
    return sql.query(
        "SELECT create_history_partitions(?, ?)",
        row -> row.getString(1),
        inWeeks(fromWeek),
        inWeeks(toWeek));
  }

  /// A task with a row in every history table, from a node whose clock says `time`.
  private TaskId ended(Instant time) {
    TaskId id = new TaskId(idAt(time));
    tasks.submit(List.of(withId(id, TaskDraft.of("early").task())));
    try (Session worker =
        leases.open(new NewWorker("ant", List.of("early"), 1, Duration.ofMinutes(1)))) {
      Lease lease = worker.claim(1).getFirst();
      assertThat(leases.append(lease, List.of(new NewEvent.Progress(1, "begun")))).isTrue();
      assertThat(leases.log(lease, List.of(new LogLine(time, LogLine.Level.INFO, "said"))))
          .isTrue();
      assertThat(leases.finishStep(lease, "one", "1")).isTrue();
      assertThat(leases.end(lease, new Outcome.Completed("1"))).isTrue();
    }
    return id;
  }

  private List<String> partitionsOf(TaskId id) {
    return sql.query(
        """
        SELECT tableoid::regclass::text FROM ended_tasks WHERE task_id = ?
        UNION ALL
        (SELECT DISTINCT tableoid::regclass::text FROM events WHERE task_id = ?)
        """,
        row -> row.getString(1),
        id.value(),
        id.value());
  }

  private static UUID idAt(Instant time) {
    return new UUID(time.toEpochMilli() << 16 | 0x7000, 1L << 63 | 1);
  }

  private static NewTask withId(TaskId id, NewTask task) {
    return new NewTask(
        id,
        task.owner(),
        task.type(),
        task.params(),
        task.queue(),
        task.priority(),
        task.timeout(),
        task.maxRetries(),
        task.due(),
        task.tags(),
        task.traceId(),
        task.concurrencyKey(),
        task.ttl(),
        task.budget(),
        task.batch(),
        task.idempotency(),
        task.callbackUrl());
  }
}
