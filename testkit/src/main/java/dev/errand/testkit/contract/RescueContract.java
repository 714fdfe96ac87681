package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.lease.Rescued.Ended;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What must become of tasks whose worker is gone.
public abstract class RescueContract extends StoreContract {
  /// A task may lose its worker this often; once more and it has failed.
  private static final int MAX_LOSSES = 10;

  @Test
  void the_tasks_of_a_silent_worker_go_back_to_their_queue() {
    TaskId id = submitted("echo");
    Lease lease = claimed(worker("ant", LEASE_FOR, "echo"), id);
    store().leases().append(lease, List.of(progress(40), new NewEvent.StepStarted("plan")));

    assertThat(rescueAfterSilence()).isEqualTo(1);

    Task task = task(id);
    assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.currentStep()).isNull();
    assertThat(task.progress()).isEqualTo(40);
    assertThat(task.dueAt()).isEqualTo(lastEvent(id).at()).isEqualTo(task.updatedAt());
    assertThat(lastEvent(id).type()).isEqualTo("lost");
    assertThat(data(lastEvent(id))).isEqualTo(Map.of("attempt", 1, "worker", "ant"));
    AttemptRecord attempt = store().tasks().attempts(id).getLast();
    assertThat(attempt.outcome()).isEqualTo("lost");
    assertThat(attempt.error()).isNull();
    assertThat(attempt.endedAt()).isEqualTo(lastEvent(id).at());
  }

  @Test
  void a_lost_attempt_counts_but_is_no_failure() {
    Lease lease = running("echo");
    store().leases().finishStep(lease, "plan", "1");
    rescueAfterSilence();

    Lease next = claimed(worker("echo"), lease.task());

    assertThat(next.attempt()).isEqualTo(2);
    assertThat(next.failures()).isZero();
    assertThat(next.token()).isNotEqualTo(lease.token());
    assertThat(store().leases().steps(lease.task())).containsOnlyKeys("plan");
  }

  @Test
  void heartbeats_keep_the_leases_of_a_worker() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    Lease lease = claimed(worker, task);

    for (int i = 0; i < 5; i++) {
      store().timePasses(LEASE_FOR.dividedBy(2));
      assertThat(worker.heartbeat()).isTrue();
      assertThat(rescue()).isZero();
    }

    assertThat(end(lease, new Outcome.Completed("{}"))).isTrue();
  }

  @Test
  void a_worker_is_not_dead_before_its_lease_time_has_passed() {
    Lease lease = running("echo");
    store().timePasses(LEASE_FOR.dividedBy(2));

    assertThat(rescue()).isZero();

    assertThat(end(lease, new Outcome.Completed("{}"))).isTrue();
  }

  // Only rescue declares workers dead, so that a slow one keeps what nobody else has taken.
  @Test
  void a_late_heartbeat_in_time_before_the_rescue_keeps_the_leases() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    Lease lease = claimed(worker, task);
    store().timePasses(LEASE_FOR.multipliedBy(3));

    assertThat(worker.heartbeat()).isTrue();
    assertThat(rescue()).isZero();
    assertThat(end(lease, new Outcome.Completed("{}"))).isTrue();
  }

  @Test
  void a_lease_holds_until_its_task_is_rescued() {
    Lease lease = running("echo");
    store().timePasses(LEASE_FOR.multipliedBy(3));

    assertThat(store().leases().append(lease, List.of(progress(50)))).isTrue();
    assertThat(end(lease, new Outcome.Completed("{}"))).isTrue();
    assertThat(rescue()).isZero();
  }

  @Test
  void a_worker_that_was_declared_dead_stays_dead() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    claimed(worker, task);
    rescueAfterSilence();

    assertThat(worker.heartbeat()).isFalse();
    assertThat(worker.claim(1)).isEmpty();
    assertThat(worker.cancelRequests()).isEmpty();
    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
    worker.close();
    claimed(worker("echo"), task);
  }

  @Test
  void a_worker_without_tasks_is_declared_dead_as_well() {
    Session worker = worker("echo");

    assertThat(rescueAfterSilence()).isZero();

    assertThat(worker.heartbeat()).isFalse();
  }

  @Test
  void the_leases_of_a_closed_worker_are_rescued_without_waiting() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    claimed(worker, task);

    worker.close();

    assertThat(worker.heartbeat()).isFalse();
    assertThat(worker.claim(1)).isEmpty();
    assertThat(rescue()).isEqualTo(1);
    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
  }

  @Test
  void a_worker_may_be_closed_twice() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    worker.close();
    worker.close();

    claimed(worker("echo"), task);
  }

  @Test
  void workers_of_the_same_name_live_and_die_apart() {
    TaskId first = submitted("echo");
    TaskId second = submitted("echo");
    Session gone = worker("ant", LEASE_FOR, "echo");
    claimed(gone, first);
    Session alive = worker("ant", LEASE_FOR, "echo");
    Lease kept = claimed(alive, second);

    gone.close();

    assertThat(rescue()).isEqualTo(1);
    assertThat(status(first)).isEqualTo(TaskStatus.QUEUED);
    assertThat(alive.heartbeat()).isTrue();
    assertThat(end(kept, new Outcome.Completed("{}"))).isTrue();
  }

  @Test
  void each_worker_has_its_own_lease_time() {
    TaskId first = submitted("echo");
    TaskId second = submitted("echo");
    claimed(worker("short", LEASE_FOR, "echo"), first);
    Lease kept = claimed(worker("long", LEASE_FOR.multipliedBy(10), "echo"), second);

    assertThat(rescueAfterSilence()).isEqualTo(1);

    assertThat(status(first)).isEqualTo(TaskStatus.QUEUED);
    assertThat(end(kept, new Outcome.Completed("{}"))).isTrue();
  }

  @Test
  void everything_a_worker_held_is_rescued_at_one_moment() {
    List<TaskId> tasks = IntStream.range(0, 50).mapToObj(_ -> submitted("echo")).toList();
    assertThat(worker("echo").claim(30)).hasSize(30);
    assertThat(worker("echo").claim(20)).hasSize(20);

    assertThat(rescueAfterSilence()).isEqualTo(50);

    assertThat(tasks.stream().map(this::task).map(Task::dueAt).distinct()).hasSize(1);
    assertThat(rescue()).isZero();
  }

  @Test
  void nothing_is_left_to_rescue_of_a_worker_that_ended_its_attempts() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    end(claimed(worker, task), new Outcome.Released());
    worker.close();

    assertThat(rescue()).isZero();
    assertThat(eventTypes(task)).containsExactly("queued", "started", "released");
  }

  @Test
  void a_lost_task_that_should_be_cancelled_is_cancelled() {
    Lease lease = running("echo");
    store().tasks().cancel(lease.task());
    store().timePasses(LEASE_FOR);

    assertThat(store().leases().rescue())
        .isEqualTo(new Rescued(0, List.of(new Ended(lease.task(), "echo", TaskStatus.CANCELLED))));

    assertThat(status(lease.task())).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task(lease.task()).finishedAt()).isEqualTo(lastEvent(lease.task()).at());
    assertThat(eventTypes(lease.task()))
        .containsExactly("queued", "started", "cancel_requested", "cancelled");
    assertThat(store().tasks().attempts(lease.task()).getLast().outcome()).isEqualTo("lost");
  }

  @Test
  void a_task_that_loses_its_worker_too_often_fails() {
    TaskId task = submitted("echo");
    loseWorker(task, MAX_LOSSES);
    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);

    claimed(worker("echo"), task);
    store().timePasses(LEASE_FOR);

    assertThat(store().leases().rescue())
        .isEqualTo(new Rescued(0, List.of(new Ended(task, "echo", TaskStatus.FAILED))));
    assertThat(status(task)).isEqualTo(TaskStatus.FAILED);
    assertThat(error(task).code()).isEqualTo(TaskError.WORKER_LOST);
    assertThat(task(task).finishedAt()).isEqualTo(lastEvent(task).at());
    assertThat(task(task).attempt()).isEqualTo(MAX_LOSSES + 1);
    assertThat(lastEvent(task).type()).isEqualTo("failed");
    assertThat(data(lastEvent(task))).containsEntry("code", TaskError.WORKER_LOST);
    assertThat(store().tasks().attempts(task))
        .extracting(AttemptRecord::outcome)
        .isEqualTo(Collections.nCopies(MAX_LOSSES + 1, "lost"));
    assertThat(store().tasks().attempts(task).getFirst().error()).isNull();
    assertThat(store().tasks().attempts(task).getLast().error()).isEqualTo(error(task));
  }

  @Test
  void a_retried_task_may_lose_its_worker_as_often_as_a_new_one() {
    TaskId task = submitted("echo");
    loseWorker(task, MAX_LOSSES + 1);
    store().tasks().retry(task);

    loseWorker(task, MAX_LOSSES);

    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
  }

  @Test
  void attempts_that_end_in_good_order_do_not_make_losses_forgotten() {
    TaskId task = submitted("echo");
    loseWorker(task, MAX_LOSSES);
    Lease lease = claimed(worker("echo"), task);
    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));

    loseWorker(task, 1);

    assertThat(status(task)).isEqualTo(TaskStatus.FAILED);
  }

  private void loseWorker(TaskId task, int times) {
    for (int i = 0; i < times; i++) {
      Session worker = worker("echo");
      claimed(worker, task);
      worker.close();
      assertThat(rescue()).isEqualTo(1);
    }
  }

  @Test
  void racing_rescuers_rescue_each_task_once() throws Exception {
    List<TaskId> tasks = IntStream.range(0, 40).mapToObj(_ -> submitted("echo")).toList();
    assertThat(worker("echo").claim(40)).hasSize(40);
    store().timePasses(LEASE_FOR);
    Callable<Integer> racer = this::rescue;

    List<Integer> rescued = Race.between(Collections.nCopies(5, racer));

    assertThat(rescued.stream().mapToInt(Integer::intValue).sum()).isEqualTo(40);
    for (TaskId task : tasks) {
      assertThat(eventTypes(task)).containsExactly("queued", "started", "lost");
    }
  }

  @Test
  void an_end_that_races_the_rescue_is_either_stored_or_refused() throws Exception {
    for (int round = 0; round < 20; round++) {
      Lease lease = running("race");
      store().timePasses(LEASE_FOR);
      Callable<Boolean> ends = () -> end(lease, new Outcome.Completed("{}"));
      Callable<Boolean> rescues = () -> rescue() == 1;

      List<Boolean> won = Race.between(List.of(ends, rescues));

      assertThat(Collections.frequency(won, true)).isEqualTo(1);
      assertThat(lastEvent(lease.task()).type()).isEqualTo(won.getFirst() ? "completed" : "lost");
      store().tasks().cancel(lease.task());
    }
  }
}
