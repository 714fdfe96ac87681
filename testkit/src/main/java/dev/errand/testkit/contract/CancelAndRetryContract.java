package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.Task.FinishedStep;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore.Cancelled;
import dev.errand.engine.task.TaskStore.Retried;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/// What callers who cancel or retry a task must get.
public abstract class CancelAndRetryContract extends StoreContract {

  // --- cancel

  @Test
  void a_waiting_task_is_cancelled_at_once() {
    TaskId task = submitted("echo");

    assertThat(store().tasks().cancel(task)).isEqualTo(new Cancelled.Ended());

    assertThat(status(task)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task(task).finishedAt()).isEqualTo(lastEvent(task).at());
    assertThat(task(task).cancelRequested()).isFalse();
    assertThat(eventTypes(task)).containsExactly("queued", "cancelled");
    assertThat(data(lastEvent(task))).isEmpty();
    assertThat(worker("echo").claim(1)).isEmpty();
  }

  @Test
  void a_pending_task_is_cancelled_at_once_and_never_becomes_due() {
    TaskId task = submitted(TaskDraft.of("echo").after(Duration.ofHours(1)));

    assertThat(store().tasks().cancel(task)).isEqualTo(new Cancelled.Ended());

    store().timePasses(Duration.ofHours(2));
    assertThat(status(task)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(worker("echo").claim(1)).isEmpty();
  }

  @Test
  void a_retrying_task_is_cancelled_at_once_and_no_longer_shows_why_it_was_retried() {
    TaskId task = ended("echo", new Outcome.Retrying(BROKEN, Duration.ofHours(1)));

    assertThat(store().tasks().cancel(task)).isEqualTo(new Cancelled.Ended());

    assertThat(status(task)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task(task).error()).isNull();
    store().timePasses(Duration.ofHours(2));
    assertThat(worker("echo").claim(1)).isEmpty();
  }

  @Test
  void the_worker_of_a_running_task_is_asked_to_stop() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    Lease lease = claimed(worker, task);
    assertThat(worker.cancelRequests()).isEmpty();

    assertThat(store().tasks().cancel(task)).isEqualTo(new Cancelled.Requested());

    assertThat(worker.cancelRequests()).containsExactly(task);
    assertThat(status(task)).isEqualTo(TaskStatus.RUNNING);
    assertThat(task(task).cancelRequested()).isTrue();
    assertThat(lastEvent(task).type()).isEqualTo("cancel_requested");
    assertThat(data(lastEvent(task))).isEmpty();
    assertThat(end(lease, new Outcome.Cancelled())).isTrue();
  }

  @Test
  void only_the_worker_that_runs_the_task_is_asked() {
    TaskId task = submitted("echo");
    Session other = worker("echo");
    Session worker = worker("echo");
    claimed(worker, task);

    store().tasks().cancel(task);

    assertThat(other.cancelRequests()).isEmpty();
  }

  @Test
  void asking_a_running_task_again_changes_nothing() {
    TaskId task = running("echo").task();
    store().tasks().cancel(task);
    Task asked = task(task);

    assertThat(store().tasks().cancel(task)).isEqualTo(new Cancelled.Requested());

    assertThat(task(task)).isEqualTo(asked);
    assertThat(eventTypes(task)).containsExactly("queued", "started", "cancel_requested");
  }

  @Test
  void a_worker_is_no_longer_asked_when_the_task_has_ended() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    Lease lease = claimed(worker, task);
    store().tasks().cancel(task);

    end(lease, new Outcome.Cancelled());

    assertThat(worker.cancelRequests()).isEmpty();
  }

  @Test
  void that_a_cancel_was_requested_is_remembered_when_the_task_ends() {
    Lease lease = running("echo");
    store().tasks().cancel(lease.task());

    end(lease, new Outcome.Completed("{}"));

    assertThat(status(lease.task())).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task(lease.task()).cancelRequested()).isTrue();
  }

  @Test
  void a_task_that_has_ended_cannot_be_cancelled() {
    TaskId completed = ended("echo", new Outcome.Completed("{}"));
    TaskId failed = ended("echo", new Outcome.Failed(BROKEN));
    TaskId cancelled = ended("echo", new Outcome.Cancelled());
    Task before = task(completed);

    assertThat(store().tasks().cancel(completed))
        .isEqualTo(new Cancelled.AlreadyEnded(TaskStatus.COMPLETED));
    assertThat(store().tasks().cancel(failed))
        .isEqualTo(new Cancelled.AlreadyEnded(TaskStatus.FAILED));
    assertThat(store().tasks().cancel(cancelled))
        .isEqualTo(new Cancelled.AlreadyEnded(TaskStatus.CANCELLED));
    assertThat(task(completed)).isEqualTo(before);
    assertThat(eventTypes(completed)).containsExactly("queued", "started", "completed");
  }

  @Test
  void a_task_nobody_submitted_cannot_be_cancelled() {
    assertThat(store().tasks().cancel(TaskId.next())).isEqualTo(new Cancelled.Unknown());
  }

  @Test
  void of_racing_requests_a_single_one_cancels_a_waiting_task() throws Exception {
    for (int round = 0; round < 10; round++) {
      TaskId task = submitted("echo");
      Callable<Cancelled> racer = () -> store().tasks().cancel(task);

      List<Cancelled> answers = Race.between(Collections.nCopies(6, racer));

      assertThat(Collections.frequency(answers, new Cancelled.Ended())).isEqualTo(1);
      assertThat(Collections.frequency(answers, new Cancelled.AlreadyEnded(TaskStatus.CANCELLED)))
          .isEqualTo(5);
      assertThat(eventTypes(task)).containsExactly("queued", "cancelled");
    }
  }

  @Test
  void of_racing_requests_a_single_one_is_recorded_for_a_running_task() throws Exception {
    for (int round = 0; round < 10; round++) {
      TaskId task = running("echo").task();
      Callable<Cancelled> racer = () -> store().tasks().cancel(task);

      List<Cancelled> answers = Race.between(Collections.nCopies(6, racer));

      assertThat(answers).containsOnly(new Cancelled.Requested());
      assertThat(eventTypes(task)).containsExactly("queued", "started", "cancel_requested");
    }
  }

  // --- retry

  @Test
  void a_failed_task_is_queued_again_as_if_new() {
    TaskId id = ended("echo", new Outcome.Failed(BROKEN));
    store().timePasses(Duration.ofMinutes(30));

    assertThat(store().tasks().retry(id)).isEqualTo(new Retried.Queued());

    Task task = task(id);
    assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
    assertThat(task.error()).isNull();
    assertThat(task.finishedAt()).isNull();
    assertThat(task.dueAt()).isEqualTo(lastEvent(id).at()).isEqualTo(task.updatedAt());
    assertThat(task.startedAt()).isNotNull();
    assertThat(lastEvent(id).type()).isEqualTo("queued");
    assertThat(data(lastEvent(id))).isEqualTo(Map.of("retry", true));
  }

  @Test
  void a_cancelled_task_is_queued_again_and_its_cancel_forgotten() {
    TaskId id = submitted("echo");
    Session worker = worker("echo");
    Lease lease = claimed(worker, id);
    store().leases().append(lease, List.of(progress(40)));
    store().tasks().cancel(id);
    end(lease, new Outcome.Cancelled());

    assertThat(store().tasks().retry(id)).isEqualTo(new Retried.Queued());

    assertThat(status(id)).isEqualTo(TaskStatus.QUEUED);
    assertThat(task(id).cancelRequested()).isFalse();
    assertThat(task(id).progress()).isZero();
    claimed(worker, id);
    assertThat(worker.cancelRequests()).isEmpty();
  }

  @Test
  void a_retried_task_keeps_its_finished_steps_and_counts_its_attempts_on() {
    Lease lease = running("echo");
    store().leases().finishStep(lease, "plan", "{\"a\":1}");
    end(lease, new Outcome.Failed(BROKEN));

    store().tasks().retry(lease.task());

    assertThat(task(lease.task()).steps()).extracting(FinishedStep::name).containsExactly("plan");
    assertThat(store().leases().steps(lease.task())).containsOnlyKeys("plan");
    assertThat(task(lease.task()).attempt()).isEqualTo(1);
    assertThat(claimed(worker("echo"), lease.task()).attempt()).isEqualTo(2);
  }

  @Test
  void a_retried_task_has_a_fresh_count_of_failures() {
    Session worker = worker("echo");
    TaskId task = submitted("echo");
    end(claimed(worker, task), new Outcome.Retrying(BROKEN, Duration.ZERO));
    Lease second = claimed(worker, task);
    assertThat(second.failures()).isEqualTo(1);
    end(second, new Outcome.Failed(BROKEN));

    store().tasks().retry(task);

    assertThat(claimed(worker, task).failures()).isZero();
  }

  @Test
  void only_failed_and_cancelled_tasks_can_be_retried() {
    TaskId completed = ended("echo", new Outcome.Completed("{}"));
    TaskId retrying = ended("echo", new Outcome.Retrying(BROKEN, Duration.ofHours(1)));
    TaskId running = running("echo").task();
    TaskId queued = submitted("echo");
    TaskId pending = submitted(TaskDraft.of("echo").after(Duration.ofHours(1)));
    Task before = task(completed);

    assertThat(store().tasks().retry(completed)).isEqualTo(notEnded(TaskStatus.COMPLETED));
    assertThat(store().tasks().retry(retrying)).isEqualTo(notEnded(TaskStatus.RETRYING));
    assertThat(store().tasks().retry(running)).isEqualTo(notEnded(TaskStatus.RUNNING));
    assertThat(store().tasks().retry(queued)).isEqualTo(notEnded(TaskStatus.QUEUED));
    assertThat(store().tasks().retry(pending)).isEqualTo(notEnded(TaskStatus.PENDING));
    assertThat(task(completed)).isEqualTo(before);
  }

  @Test
  void a_task_nobody_submitted_cannot_be_retried() {
    assertThat(store().tasks().retry(TaskId.next())).isEqualTo(new Retried.Unknown());
  }

  @Test
  void of_racing_requests_a_single_one_retries_the_task() throws Exception {
    for (int round = 0; round < 10; round++) {
      TaskId task = submitted("echo");
      store().tasks().cancel(task);
      Callable<Retried> racer = () -> store().tasks().retry(task);

      List<Retried> answers = Race.between(Collections.nCopies(6, racer));

      assertThat(Collections.frequency(answers, new Retried.Queued())).isEqualTo(1);
      assertThat(eventTypes(task)).containsExactly("queued", "cancelled", "queued");
    }
  }

  private static Retried notEnded(TaskStatus status) {
    return new Retried.NotEnded(status);
  }
}
