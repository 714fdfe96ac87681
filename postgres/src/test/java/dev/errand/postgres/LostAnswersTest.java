package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.event.Event;
import dev.errand.engine.event.History;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.LogLine.Level;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskStore.Submitted.Stored;
import dev.errand.testkit.contract.TaskDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The database does what it was asked, and dies before it can say so.
class LostAnswersTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final LosingAnswers answers = new LosingAnswers();
  private final PostgresTasks tasks = new PostgresTasks(answers.on(database.pool()));
  private final History history = new PostgresHistory(database.pool());
  private final Leases leases =
      new PostgresLeases(
          answers.on(database.pool()), answers.on(PostgresUnderTest.sessions(database)));
  private final Leases others =
      new PostgresLeases(database.pool(), PostgresUnderTest.sessions(database));

  @Test
  void a_submission_that_was_not_heard_of_is_stored_once_even_when_the_task_has_ended() {
    NewTask task = TaskDraft.of("submission").task();
    answers.loseNext();
    assertThatThrownBy(() -> tasks.submit(List.of(task))).isInstanceOf(StoreUnavailable.class);
    try (Session worker = worker("submission")) {
      leases.end(worker.claim(1).getFirst(), new Outcome.Completed("1"));

      assertThat(tasks.submit(List.of(task))).singleElement().isInstanceOf(Stored.class);

      assertThat(worker.claim(1)).isEmpty();
      assertThat(history.events(task.id(), 0, 100)).hasSize(3);
    }
  }

  @Test
  void a_claim_that_was_not_heard_of_is_heard_of_by_the_next() {
    NewTask first = submitted("unheard");
    NewTask second = submitted("unheard");
    try (Session worker = worker("unheard")) {
      answers.loseNextCommit();
      assertThatThrownBy(() -> worker.claim(1)).isInstanceOf(StoreUnavailable.class);

      List<Lease> heard = worker.claim(1);

      assertThat(heard).extracting(Lease::task).containsExactly(first.id());
      assertThat(heard.getFirst().attempt()).isEqualTo(1);
      assertThat(worker.claim(5)).extracting(Lease::task).containsExactly(second.id());
      assertThat(leases.end(heard.getFirst(), new Outcome.Completed("1"))).isTrue();
      assertThat(worker.claim(5)).isEmpty();
    }
  }

  @Test
  void a_claim_is_looked_for_until_there_is_an_answer() {
    NewTask task = submitted("looked-for");
    try (Session worker = worker("looked-for")) {
      answers.loseNextCommit();
      assertThatThrownBy(() -> worker.claim(1)).isInstanceOf(StoreUnavailable.class);
      answers.loseNext();
      assertThatThrownBy(() -> worker.claim(1)).isInstanceOf(StoreUnavailable.class);

      assertThat(worker.claim(1)).extracting(Lease::task).containsExactly(task.id());
    }
  }

  @Test
  void events_whose_answer_got_lost_are_not_said_twice() {
    NewTask task = submitted("events");
    List<NewEvent> events =
        List.of(new NewEvent.Progress(10, "on its way"), new NewEvent.StepStarted("one"));
    try (Session worker = worker("events")) {
      Lease lease = worker.claim(1).getFirst();
      answers.loseNext();
      assertThatThrownBy(() -> leases.append(lease, events)).isInstanceOf(StoreUnavailable.class);

      assertThat(leases.append(lease, events)).isTrue();
      assertThat(leases.append(lease, List.of(new NewEvent.StepCompleted("one")))).isTrue();

      assertThat(history.events(task.id(), 0, 100))
          .extracting(Event::type)
          .containsExactly("queued", "started", "progress", "step_started", "step_completed");
      assertThat(leases.end(lease, new Outcome.Completed("1"))).isTrue();
      assertThat(leases.append(lease, events)).isFalse();
    }
  }

  @Test
  void log_lines_whose_answer_got_lost_are_not_written_twice() {
    NewTask task = submitted("lines");
    List<LogLine> lines =
        List.of(new LogLine(Instant.parse("2026-11-22T05:00:00.123Z"), Level.INFO, "one\0line"));
    try (Session worker = worker("lines")) {
      Lease lease = worker.claim(1).getFirst();
      answers.loseNext();
      assertThatThrownBy(() -> leases.log(lease, lines)).isInstanceOf(StoreUnavailable.class);

      assertThat(leases.log(lease, lines)).isTrue();

      assertThat(history.log(task.id(), 0, 100)).hasSize(1);
      assertThat(leases.log(lease, lines)).isTrue();
      assertThat(history.log(task.id(), 0, 100)).hasSize(2);
    }
  }

  @Test
  void an_end_whose_answer_got_lost_counts() {
    submitted("end");
    try (Session worker = worker("end")) {
      Lease lease = worker.claim(1).getFirst();
      Outcome outcome = new Outcome.Released();
      answers.loseNext();
      assertThatThrownBy(() -> leases.end(lease, outcome)).isInstanceOf(StoreUnavailable.class);

      assertThat(leases.end(lease, outcome)).isTrue();

      assertThat(leases.end(lease, outcome)).isFalse();
    }
  }

  @Test
  void an_end_that_came_too_late_is_refused_however_the_lease_ended_before() {
    submitted("late");
    try (Session worker = worker("late")) {
      Lease lease = worker.claim(1).getFirst();
      Outcome outcome = new Outcome.Completed("1");
      answers.refuseNext();
      assertThatThrownBy(() -> leases.end(lease, outcome)).isInstanceOf(StoreUnavailable.class);
      others.end(lease, new Outcome.Failed(new TaskError("broken", "It broke.", null)));

      assertThat(leases.end(lease, outcome)).isFalse();
    }
  }

  @Test
  void a_release_that_may_have_been_made_counts_even_when_it_cancelled_the_task() {
    NewTask task = submitted("cancelled");
    try (Session worker = worker("cancelled")) {
      Lease lease = worker.claim(1).getFirst();
      tasks.cancel(task.id());
      Outcome outcome = new Outcome.Released();
      answers.refuseNext();
      assertThatThrownBy(() -> leases.end(lease, outcome)).isInstanceOf(StoreUnavailable.class);
      others.end(lease, outcome);

      assertThat(leases.end(lease, outcome)).isTrue();
    }
  }

  private NewTask submitted(String type) {
    NewTask task = TaskDraft.of(type).task();
    tasks.submit(List.of(task));
    return task;
  }

  private Session worker(String type) {
    return leases.open(new NewWorker("ant", List.of(type), 10, Duration.ofMinutes(1)));
  }
}
