package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore.DeadLetterFilter;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.task.TaskStore] must do with tasks that failed.
public abstract class DeadLettersContract extends StoreContract {
  private static final Outcome FAILED = new Outcome.Failed(BROKEN);

  @Test
  void dead_letters_are_the_tasks_that_failed_newest_first_with_their_errors() {
    TaskId first = ended("echo", FAILED);
    ended("echo", new Outcome.Completed("1"));
    ended("echo", new Outcome.Cancelled());
    TaskId second = ended("other", FAILED);
    running("echo");
    submitted("echo");

    List<Task> found = store().tasks().deadLetters(all(), 10);

    assertThat(found).extracting(Task::id).containsExactly(second, first);
    assertThat(found).extracting(Task::error).containsExactly(BROKEN, BROKEN);
    assertThat(found).extracting(Task::status).containsOnly(TaskStatus.FAILED);
  }

  @Test
  void they_are_found_by_owner_and_type_and_page() {
    TaskId ofAda = ended("echo", FAILED);
    TaskId other = ended("other", FAILED);
    TaskId ofBob = failed(TaskDraft.of("echo").owner("bob"));

    assertThat(ids(filter("bob", null, null), 10)).containsExactly(ofBob);
    assertThat(ids(filter("ada", "echo", null), 10)).containsExactly(ofAda);
    assertThat(ids(filter(null, "echo", null), 10)).containsExactly(ofBob, ofAda);
    assertThat(ids(all(), 1)).containsExactly(ofBob);
    assertThat(ids(filter(null, null, ofBob), 1)).containsExactly(other);
    assertThat(ids(filter(null, null, ofAda), 1)).isEmpty();
  }

  @Test
  void many_are_put_back_at_once_with_their_history() {
    List<TaskId> failed = IntStream.range(0, 5).mapToObj(_ -> ended("echo", FAILED)).toList();

    assertThat(store().tasks().retryFailed(failed, null))
        .containsExactlyInAnyOrderElementsOf(failed);

    assertThat(store().tasks().deadLetters(all(), 10)).isEmpty();
    assertThat(failed)
        .allSatisfy(task -> {
          assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
          assertThat(task(task).error()).isNull();
          assertThat(eventTypes(task)).containsExactly("queued", "started", "failed", "queued");
          assertThat(store().tasks().attempts(task))
              .singleElement()
              .extracting(AttemptRecord::outcome)
              .isEqualTo("failed");
        });
    assertThat(worker("w2", LEASE_FOR, "echo").claim(10)).hasSize(5);
  }

  @Test
  void what_did_not_fail_or_is_anothers_is_passed_over() {
    TaskId failed = ended("echo", FAILED);
    TaskId completed = ended("echo", new Outcome.Completed("1"));
    TaskId cancelled = ended("echo", new Outcome.Cancelled());
    TaskId ofBob = failed(TaskDraft.of("echo").owner("bob"));
    List<TaskId> asked = List.of(failed, completed, cancelled, ofBob, TaskId.next());

    assertThat(store().tasks().retryFailed(asked, "ada")).containsExactly(failed);
    assertThat(store().tasks().retryFailed(asked, null)).containsExactly(ofBob);
    assertThat(store().tasks().retryFailed(asked, null)).isEmpty();
    assertThat(store().tasks().retryFailed(List.of(), null)).isEmpty();
    assertThat(status(completed)).isEqualTo(TaskStatus.COMPLETED);
    assertThat(status(cancelled)).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void of_racing_retries_one_puts_each_task_back() throws Exception {
    List<TaskId> failed = IntStream.range(0, 20).mapToObj(_ -> ended("echo", FAILED)).toList();
    List<Callable<List<TaskId>>> racers = new ArrayList<>();
    racers.add(() -> store().tasks().retryFailed(failed, null));
    racers.add(() -> store().tasks().retryFailed(failed.reversed(), null));
    racers.add(() -> store().tasks().retryFailed(failed.subList(5, 15), null));

    List<TaskId> retried = new ArrayList<>();
    Race.between(racers).forEach(retried::addAll);

    assertThat(retried).containsExactlyInAnyOrderElementsOf(failed);
    assertThat(failed).allSatisfy(task -> assertThat(eventTypes(task)).hasSize(4));
  }

  private TaskId failed(TaskDraft draft) {
    Lease lease = running(draft);
    assertThat(end(lease, FAILED)).isTrue();
    return lease.task();
  }

  private List<TaskId> ids(DeadLetterFilter filter, int limit) {
    return store().tasks().deadLetters(filter, limit).stream().map(Task::id).toList();
  }

  private static DeadLetterFilter all() {
    return filter(null, null, null);
  }

  private static DeadLetterFilter filter(
      @Nullable String owner, @Nullable String type, @Nullable TaskId before) {
    return new DeadLetterFilter(owner, type, before);
  }
}
