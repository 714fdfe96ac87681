package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore.Cancelled;
import dev.errand.engine.task.TaskStore.Expired;
import dev.errand.engine.task.TaskStore.Retried;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every store must do with tasks that are worth nothing once they are late.
public abstract class ExpiryContract extends StoreContract {
  private static final Duration TTL = Duration.ofMinutes(2);
  private static final TaskDraft URGENT = TaskDraft.of("echo").ttl(TTL);

  @Test
  void a_task_that_nobody_starts_in_time_fails_without_an_attempt() {
    TaskId task = submitted(URGENT);
    store().timePasses(TTL.plusSeconds(1));

    assertThat(store().tasks().expire(10)).containsExactly(new Expired(task, "echo"));

    assertThat(status(task)).isEqualTo(TaskStatus.FAILED);
    assertThat(error(task).code()).isEqualTo(TaskError.EXPIRED);
    assertThat(error(task).message()).contains("within 120 seconds");
    assertThat(task(task).finishedAt()).isNotNull();
    assertThat(task(task).startedAt()).isNull();
    assertThat(task(task).attempt()).isZero();
    assertThat(store().tasks().attempts(task)).isEmpty();
    assertThat(eventTypes(task)).containsExactly("queued", "failed");
    assertThat(data(lastEvent(task)))
        .containsEntry("code", "expired")
        .containsEntry("message", error(task).message());
    assertThat(store().tasks().expire(10)).isEmpty();
  }

  @Test
  void it_says_until_when_it_may_be_started() {
    Task task = task(submitted(URGENT));
    Task later = task(submitted(URGENT.after(Duration.ofHours(1))));

    assertThat(task.expiresAt()).isEqualTo(task.dueAt().plus(TTL));
    assertThat(later.expiresAt())
        .isCloseTo(
            store().now().plus(Duration.ofHours(1)).plus(TTL),
            within(store().precision().plusSeconds(1).toMillis(), ChronoUnit.MILLIS));
    assertThat(task(submitted("echo")).expiresAt()).isNull();
  }

  @Test
  void nobody_claims_what_is_too_late() {
    TaskId late = submitted(URGENT);
    store().timePasses(TTL.plusSeconds(1));
    TaskId fresh = submitted(URGENT);
    Session worker = worker("echo");

    assertThat(worker.claim(10)).extracting(Lease::task).containsExactly(fresh);
    assertThat(status(late)).isEqualTo(TaskStatus.QUEUED);
    assertThat(store().tasks().expire(10)).extracting(Expired::id).containsExactly(late);
  }

  @Test
  void the_time_begins_when_the_task_is_due() {
    TaskId task = submitted(URGENT.after(Duration.ofHours(1)));
    store().timePasses(Duration.ofHours(1).plusSeconds(1));

    assertThat(store().tasks().expire(10)).isEmpty();
    claimed(worker("echo"), task);
  }

  @Test
  void what_was_started_once_does_not_expire_any_more() {
    Session worker = worker("w1", Duration.ofHours(1), "echo");
    TaskId runs = submitted(URGENT);
    claimed(worker, runs);
    TaskId failedOnce = submitted(URGENT);
    end(claimed(worker, failedOnce), new Outcome.Retrying(BROKEN, Duration.ZERO));
    TaskId givenBack = submitted(URGENT.queue("other"));
    Lease released =
        worker.claim(10).stream().filter(l -> l.task().equals(givenBack)).findFirst().orElseThrow();
    end(released, new Outcome.Released());
    store().timePasses(TTL.plusSeconds(1));

    assertThat(store().tasks().expire(10)).isEmpty();
    assertThat(task(runs).expiresAt()).isNull();
    assertThat(status(runs)).isEqualTo(TaskStatus.RUNNING);
    claimed(worker, givenBack);
  }

  @Test
  void what_is_held_meanwhile_is_left_alone() {
    TaskId task = submitted(URGENT);
    Session worker = worker("w1", Duration.ofHours(1), "echo");
    try (Hold hold = worker.hold(10)) {
      assertThat(store().tasks().expire(10)).isEmpty();
      assertThat(hold.settle(Map.of(hold.leases().getFirst(), "{}"), List.of())).isEmpty();
    }
    assertThat(status(task)).isEqualTo(TaskStatus.COMPLETED);
    assertThat(task(task).expiresAt()).isNull();
  }

  @Test
  void a_retry_puts_it_back_for_as_long_as_it_takes() {
    TaskId task = submitted(URGENT);
    store().timePasses(TTL.plusSeconds(1));
    store().tasks().expire(10);

    assertThat(store().tasks().retry(task)).isEqualTo(new Retried.Queued());

    assertThat(task(task).expiresAt()).isNull();
    assertThat(task(task).error()).isNull();
    store().timePasses(TTL.plusSeconds(1));
    assertThat(store().tasks().expire(10)).isEmpty();
    claimed(worker("echo"), task);
  }

  @Test
  void a_cancelled_task_does_not_expire_as_well() {
    TaskId task = submitted(URGENT);
    assertThat(store().tasks().cancel(task)).isEqualTo(new Cancelled.Ended());
    store().timePasses(TTL.plusSeconds(1));

    assertThat(store().tasks().expire(10)).isEmpty();
    assertThat(status(task)).isEqualTo(TaskStatus.CANCELLED);
  }

  @Test
  void many_expire_in_portions_the_longest_late_first() {
    TaskId first = submitted(URGENT);
    store().timePasses(Duration.ofSeconds(10));
    TaskId second = submitted(URGENT);
    store().timePasses(TTL.plusSeconds(10));

    assertThat(store().tasks().expire(1)).extracting(Expired::id).containsExactly(first);
    assertThat(store().tasks().expire(1)).extracting(Expired::id).containsExactly(second);
  }

  @Test
  void of_racing_expiries_one_ends_each_task() throws Exception {
    List<TaskId> tasks = submittedTogether(40);
    store().timePasses(TTL.plusSeconds(1));

    Callable<List<TaskId>> racer = this::expired;
    List<TaskId> expired =
        Race.between(List.of(racer, racer, racer)).stream().flatMap(List::stream).toList();

    assertThat(expired).containsExactlyInAnyOrderElementsOf(tasks);
    assertThat(tasks).allSatisfy(task -> assertThat(eventTypes(task)).hasSize(2));
  }

  @Test
  void a_hold_tells_how_long_its_tasks_had_been_due() {
    submitted("echo");
    store().timePasses(Duration.ofMinutes(3));
    try (Hold hold = worker("echo").hold(1)) {
      assertThat(hold.waited(hold.leases().getFirst()))
          .isBetween(Duration.ofMinutes(3), Duration.ofMinutes(3).plus(store().precision()));
    }
  }

  private List<TaskId> submittedTogether(int many) {
    return IntStream.range(0, many).mapToObj(_ -> submitted(URGENT)).toList();
  }

  private List<TaskId> expired() {
    return store().tasks().expire(100).stream().map(Expired::id).toList();
  }
}
