package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What must become of a task when its attempt ends.
public abstract class OutcomesContract extends StoreContract {

  @Test
  void a_completed_task_has_its_result() {
    Lease lease = runningStep();

    assertThat(end(lease, new Outcome.Completed("{\"said\":\"hello\"}"))).isTrue();

    Task task = task(lease.task());
    assertThat(task.status()).isEqualTo(TaskStatus.COMPLETED);
    assertThat(object(task.result())).isEqualTo(Map.of("said", "hello"));
    assertThat(task.progress()).isEqualTo(100);
    assertThat(task.currentStep()).isNull();
    assertThat(task.error()).isNull();
    assertThat(task.finishedAt()).isEqualTo(lastEvent(task.id()).at()).isEqualTo(task.updatedAt());
    assertLastEvent(task.id(), "completed", Map.of());
    assertLastAttempt(task.id(), "completed", null);
  }

  @Test
  void a_failed_task_says_why() {
    Lease lease = runningStep();

    assertThat(end(lease, new Outcome.Failed(BROKEN))).isTrue();

    Task task = task(lease.task());
    assertThat(task.status()).isEqualTo(TaskStatus.FAILED);
    assertThat(task.error()).isEqualTo(BROKEN);
    assertThat(task.result()).isNull();
    assertThat(task.progress()).isEqualTo(40);
    assertThat(task.currentStep()).isNull();
    assertThat(task.finishedAt()).isEqualTo(lastEvent(task.id()).at());
    assertLastEvent(task.id(), "failed", Map.of("code", "broken", "message", "It broke"));
    assertLastAttempt(task.id(), "failed", BROKEN);
  }

  @Test
  void a_failure_need_not_have_a_stack_trace() {
    TaskError error = new TaskError("invalid", "No such page", null);

    TaskId task = ended("echo", new Outcome.Failed(error));

    assertThat(task(task).error()).isEqualTo(error);
    assertLastAttempt(task, "failed", error);
  }

  @Test
  void a_cancelled_task_has_neither_result_nor_error() {
    Lease lease = runningStep();

    assertThat(end(lease, new Outcome.Cancelled())).isTrue();

    Task task = task(lease.task());
    assertThat(task.status()).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task.result()).isNull();
    assertThat(task.error()).isNull();
    assertThat(task.currentStep()).isNull();
    assertThat(task.finishedAt()).isEqualTo(lastEvent(task.id()).at());
    assertLastEvent(task.id(), "cancelled", Map.of());
    assertLastAttempt(task.id(), "cancelled", null);
  }

  @Test
  void a_task_that_ended_is_never_claimed_again() {
    ended("echo", new Outcome.Completed("{}"));
    ended("echo", new Outcome.Failed(BROKEN));
    ended("echo", new Outcome.Cancelled());
    store().timePasses(Duration.ofDays(1));

    assertThat(worker("echo").claim(10)).isEmpty();
  }

  @Test
  void a_task_to_retry_waits_for_its_delay_and_shows_what_went_wrong() {
    Lease lease = runningStep();

    assertThat(end(lease, new Outcome.Retrying(BROKEN, Duration.ofMillis(90_500)))).isTrue();

    Task task = task(lease.task());
    assertThat(task.status()).isEqualTo(TaskStatus.RETRYING);
    assertThat(task.error()).isEqualTo(BROKEN);
    assertThat(task.currentStep()).isNull();
    assertThat(task.progress()).isEqualTo(40);
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.finishedAt()).isNull();
    assertThat(task.dueAt()).isEqualTo(lastEvent(task.id()).at().plusMillis(90_500));
    assertLastAttempt(task.id(), "retrying", BROKEN);
    Map<String, Object> data = data(lastEvent(task.id()));
    assertThat(data.remove("delay_seconds"))
        .asInstanceOf(InstanceOfAssertFactories.type(Number.class))
        .extracting(Number::doubleValue, InstanceOfAssertFactories.DOUBLE)
        .isCloseTo(90.5, within(1e-6));
    assertThat(data).isEqualTo(Map.of("code", "broken", "message", "It broke", "attempt", 1));
    assertThat(lastEvent(task.id()).type()).isEqualTo("retrying");
  }

  @Test
  void a_task_to_retry_is_claimed_once_its_delay_is_over_and_retrying_until_then() {
    Session worker = worker("w1", Duration.ofHours(1), "echo");
    TaskId task = submitted("echo");
    end(claimed(worker, task), new Outcome.Retrying(BROKEN, Duration.ofMinutes(10)));

    store().timePasses(Duration.ofMinutes(9));
    assertThat(worker.claim(1)).isEmpty();
    store().timePasses(Duration.ofMinutes(1));
    assertThat(status(task)).isEqualTo(TaskStatus.RETRYING);
    Lease second = claimed(worker, task);

    assertThat(second.attempt()).isEqualTo(2);
    assertThat(second.failures()).isEqualTo(1);
    assertThat(status(task)).isEqualTo(TaskStatus.RUNNING);
    assertThat(task(task).error()).isNull();
  }

  @Test
  void a_task_started_when_its_first_attempt_did() {
    Session worker = worker("w1", Duration.ofHours(1), "echo");
    TaskId task = submitted("echo");
    end(claimed(worker, task), new Outcome.Retrying(BROKEN, Duration.ZERO));
    store().timePasses(Duration.ofMinutes(5));
    claimed(worker, task);

    List<AttemptRecord> attempts = store().tasks().attempts(task);

    assertThat(task(task).startedAt()).isEqualTo(attempts.getFirst().startedAt());
    assertThat(attempts).extracting(AttemptRecord::number).containsExactly(1, 2);
    assertThat(attempts).extracting(AttemptRecord::outcome).containsExactly("retrying", null);
  }

  @Test
  void a_released_task_goes_back_and_the_attempt_does_not_count() {
    Lease lease = runningStep();
    store().timePasses(Duration.ofSeconds(20));

    assertThat(end(lease, new Outcome.Released())).isTrue();

    Task task = task(lease.task());
    assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
    assertThat(task.attempt()).isZero();
    assertThat(task.currentStep()).isNull();
    assertThat(task.progress()).isEqualTo(40);
    assertThat(task.dueAt()).isEqualTo(lastEvent(task.id()).at()).isEqualTo(task.updatedAt());
    assertLastEvent(task.id(), "released", Map.of());
    assertLastAttempt(task.id(), "released", null);
    assertThat(claimed(worker("echo"), task.id()).attempt()).isEqualTo(1);
    assertThat(store().tasks().attempts(task.id()))
        .extracting(AttemptRecord::number)
        .containsExactly(1, 1);
  }

  @Test
  void a_released_task_that_had_failed_before_is_queued_and_remembers_its_failures() {
    Session worker = worker("echo");
    TaskId task = submitted("echo");
    end(claimed(worker, task), new Outcome.Retrying(BROKEN, Duration.ZERO));
    end(claimed(worker, task), new Outcome.Released());

    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
    assertThat(task(task).error()).isNull();
    assertThat(task(task).attempt()).isEqualTo(1);
    assertThat(claimed(worker, task).failures()).isEqualTo(1);
  }

  @Test
  void steps_outlive_the_attempt_that_finished_them() {
    Lease lease = running("echo");
    store().leases().finishStep(lease, "plan", "1");
    end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO));
    Lease second = claimed(worker("echo"), lease.task());
    store().leases().finishStep(second, "write", "2");

    assertThat(store().leases().steps(lease.task())).isEqualTo(Map.of("plan", "1", "write", "2"));
  }

  // --- after a request to cancel

  @Test
  void after_a_request_to_cancel_there_is_no_other_attempt() {
    for (Outcome outcome :
        List.of(
            new Outcome.Retrying(BROKEN, Duration.ofHours(1)),
            new Outcome.Released(),
            new Outcome.Cancelled())) {
      Lease lease = running("echo");
      store().tasks().cancel(lease.task());

      assertThat(end(lease, outcome)).isTrue();

      assertThat(status(lease.task())).as("%s", outcome).isEqualTo(TaskStatus.CANCELLED);
      assertThat(task(lease.task()).error()).isNull();
      assertThat(task(lease.task()).attempt()).isEqualTo(1);
      assertLastEvent(lease.task(), "cancelled", Map.of());
      assertLastAttempt(lease.task(), "cancelled", null);
      assertThat(worker("echo").claim(1)).isEmpty();
    }
  }

  @Test
  void after_a_request_to_cancel_an_end_that_was_reached_stands() {
    Lease completed = running("echo");
    store().tasks().cancel(completed.task());
    Lease failed = running("echo");
    store().tasks().cancel(failed.task());

    end(completed, new Outcome.Completed("{}"));
    end(failed, new Outcome.Failed(BROKEN));

    assertThat(status(completed.task())).isEqualTo(TaskStatus.COMPLETED);
    assertLastAttempt(completed.task(), "completed", null);
    assertThat(status(failed.task())).isEqualTo(TaskStatus.FAILED);
    assertLastAttempt(failed.task(), "failed", BROKEN);
  }

  // --- text that databases dislike

  // A task whose end cannot be stored would run for ever: its text is mended, not refused.
  @Test
  void a_failure_is_stored_whatever_its_text() {
    String hostile = "before\u0000\ud800after";

    TaskId task = ended("echo", new Outcome.Failed(new TaskError("broken", hostile, hostile)));

    assertThat(status(task)).isEqualTo(TaskStatus.FAILED);
    assertThat(error(task).message()).startsWith("before").endsWith("after");
    assertThat(error(task).stackTrace()).startsWith("before").endsWith("after");
    assertThat(error(task).message()).doesNotContain("\u0000");
    assertThat(eventTypes(task)).containsExactly("queued", "started", "failed");
  }

  @Test
  void a_result_is_stored_whatever_its_text() {
    String escapes = "before\\u0000\\ud800after";

    TaskId task = ended("echo", new Outcome.Completed("{\"text\":\"" + escapes + "\"}"));

    assertThat(status(task)).isEqualTo(TaskStatus.COMPLETED);
    assertThat((String) object(task(task).result()).get("text"))
        .startsWith("before")
        .endsWith("after");
  }

  @Test
  void progress_is_stored_whatever_its_text() {
    Lease lease = running("echo");

    assertThat(
            store()
                .leases()
                .append(lease, List.of(new NewEvent.Progress(5, "before\u0000\ud800after"))))
        .isTrue();

    assertThat((String) data(lastEvent(lease.task())).get("message"))
        .startsWith("before")
        .endsWith("after");
  }

  @Test
  void a_large_result_is_kept_whole() {
    String text = "long – ".repeat(150_000);

    TaskId task = ended("echo", new Outcome.Completed("{\"text\":\"%s\"}".formatted(text)));

    assertThat(object(task(task).result())).isEqualTo(Map.of("text", text));
  }

  // --- races

  @Test
  void of_racing_ends_a_single_one_counts() throws Exception {
    for (int round = 0; round < 20; round++) {
      Lease lease = running("echo");
      Callable<Boolean> completes = () -> end(lease, new Outcome.Completed("{}"));
      Callable<Boolean> fails = () -> end(lease, new Outcome.Failed(BROKEN));
      Callable<Boolean> retries =
          () -> end(lease, new Outcome.Retrying(BROKEN, Duration.ofDays(1)));

      List<Boolean> ended = Race.between(List.of(completes, fails, retries, completes));

      assertThat(Collections.frequency(ended, true)).isEqualTo(1);
      assertThat(eventTypes(lease.task())).hasSize(3);
      assertThat(store().tasks().attempts(lease.task())).hasSize(1);
    }
  }

  @Test
  void a_request_to_cancel_that_races_the_end_is_either_too_late_or_recorded() throws Exception {
    for (int round = 0; round < 20; round++) {
      Lease lease = running("echo");
      List<Callable<Object>> racers = new ArrayList<>();
      racers.add(() -> end(lease, new Outcome.Retrying(BROKEN, Duration.ofDays(1))));
      racers.add(() -> store().tasks().cancel(lease.task()));

      assertThat(Race.between(racers)).contains(true);

      // Whichever came first, the task must not be tried again.
      assertThat(status(lease.task())).isEqualTo(TaskStatus.CANCELLED);
      assertThat(eventTypes(lease.task())).endsWith("cancelled").doesNotHaveDuplicates();
    }
  }

  private Lease runningStep() {
    Lease lease = running("echo");
    store().leases().append(lease, List.of(progress(40), new NewEvent.StepStarted("plan")));
    return lease;
  }

  private void assertLastEvent(TaskId task, String type, Map<String, Object> data) {
    assertThat(lastEvent(task).type()).isEqualTo(type);
    assertThat(data(lastEvent(task))).isEqualTo(data);
  }

  private void assertLastAttempt(TaskId task, String outcome, @Nullable TaskError error) {
    AttemptRecord attempt = store().tasks().attempts(task).getLast();
    assertThat(attempt.outcome()).isEqualTo(outcome);
    assertThat(attempt.error()).isEqualTo(error);
    assertThat(attempt.endedAt()).isEqualTo(lastEvent(task).at());
  }
}
