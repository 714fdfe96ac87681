package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.task.Handover;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore.Submitted;
import dev.errand.testkit.contract.TaskDraft;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// Tasks that an idle worker takes while they are being stored.
class HandoverTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final LosingAnswers answers = new LosingAnswers();
  private final PostgresTasks tasks = new PostgresTasks(answers.on(database.pool()));
  private final Leases leases =
      new PostgresLeases(database.pool(), PostgresUnderTest.sessions(database));
  private final PostgresQueues queues = new PostgresQueues(database.pool());
  private final Session worker =
      leases.open(new NewWorker("idle", List.of("echo"), 10, Duration.ofMinutes(1)));
  private final TakesAll idle = new TakesAll();

  /// A worker that wants whatever is submitted.
  private final class TakesAll implements Handover {
    final Map<TaskId, UUID> tokens = new HashMap<>();
    final Set<TaskId> started = new HashSet<>();

    @Override
    public Taken take(List<NewTask> offered) {
      offered.forEach(task -> tokens.put(task.id(), UUID.randomUUID()));
      return new Taken() {
        @Override
        public UUID worker() {
          return worker.id();
        }

        @Override
        public Map<TaskId, UUID> tokens() {
          return tokens;
        }

        @Override
        public void settle(Set<TaskId> leased) {
          started.addAll(leased);
        }
      };
    }
  }

  @BeforeEach
  void offer() {
    tasks.handOverTo(idle);
  }

  @AfterEach
  void close() {
    worker.close();
    PostgresUnderTest.empty(database).close();
  }

  @Test
  void what_is_taken_comes_into_the_table_leased() {
    TaskId id = submitted(TaskDraft.of("echo"));

    assertThat(idle.started).containsExactly(id);
    Task task = tasks.find(id).orElseThrow();
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(worker.claim(5)).isEmpty();
    assertThat(worker.heldBesides(Set.of()))
        .singleElement()
        .satisfies(lease -> assertThat(lease.token()).isEqualTo(idle.tokens.get(id)));
  }

  @Test
  void its_history_is_that_of_a_claimed_task() {
    TaskId id = submitted(TaskDraft.of("echo"));

    assertThat(new PostgresHistory(database.pool()).events(id, 0, 10))
        .extracting(event -> event.number() + " " + event.type())
        .containsExactly("1 queued", "2 started");
    assertThat(tasks.attempts(id)).singleElement().matches(one -> one.worker().equals("idle"));
  }

  @Test
  void a_task_with_an_idempotency_key_is_taken_once() {
    TaskDraft draft = TaskDraft.of("echo").key("once", "same");
    TaskId first = submitted(draft);

    assertThat(tasks.submit(List.of(draft.task()))).containsExactly(new Submitted.Known(first));
    assertThat(idle.started).containsExactly(first);
  }

  @Test
  void what_must_wait_is_not_started() {
    queues.pause("paused");
    queues.limit("limited", new Limit(5, 1));

    submitted(TaskDraft.of("echo").queue("paused"));
    submitted(TaskDraft.of("echo").queue("limited"));
    submitted(TaskDraft.of("echo").after(Duration.ofHours(1)));

    assertThat(idle.started).isEmpty();
    assertThat(worker.claim(10)).singleElement().extracting("owner").isEqualTo("ada");
  }

  @Test
  void a_worker_that_was_declared_dead_starts_nothing() {
    worker.close();

    TaskId id = submitted(TaskDraft.of("echo"));

    assertThat(idle.started).isEmpty();
    assertThat(tasks.find(id).orElseThrow().status()).isEqualTo(TaskStatus.QUEUED);
  }

  @Test
  void when_the_answer_is_lost_nothing_is_started_and_the_lease_is_found_as_a_stray() {
    NewTask task = TaskDraft.of("echo").task();
    answers.loseNext();
    assertThatThrownBy(() -> tasks.submit(List.of(task))).isInstanceOf(StoreUnavailable.class);

    assertThat(idle.started).isEmpty();
    assertThat(worker.heldBesides(Set.of()))
        .singleElement()
        .satisfies(lease -> assertThat(lease.task()).isEqualTo(task.id()));
    assertThat(tasks.submit(List.of(task))).singleElement().isInstanceOf(Submitted.Stored.class);
  }

  private TaskId submitted(TaskDraft draft) {
    NewTask task = draft.task();
    tasks.submit(List.of(task));
    return task.id();
  }
}
