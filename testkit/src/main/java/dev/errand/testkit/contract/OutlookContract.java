package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.task.Outlook;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.Waiting;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.task.TaskStore] must know of why a task waits and how long it
/// takes.
public abstract class OutlookContract extends StoreContract {
  private static final Duration LONG = Duration.ofDays(1);

  // --- why it waits

  @Test
  void a_task_for_later_is_not_due() {
    TaskId task = submitted(TaskDraft.of("echo").after(Duration.ofHours(1)));

    assertThat(waiting(task)).isEqualTo(new Waiting.NotDue(task(task).dueAt()));
  }

  @Test
  void a_task_that_failed_waits_for_its_next_attempt() {
    TaskId task = ended("echo", new Outcome.Retrying(BROKEN, Duration.ofMinutes(3)));

    assertThat(waiting(task)).isEqualTo(new Waiting.RetryBackoff(task(task).dueAt()));

    store().timePasses(Duration.ofMinutes(4));
    worker("w2", LONG, "echo");
    assertThat(waiting(task)).isInstanceOf(Waiting.InLine.class);
  }

  @Test
  void a_task_waits_for_its_queue_to_be_resumed() {
    worker("echo");
    TaskId task = submitted(TaskDraft.of("echo").queue("night"));
    TaskId elsewhere = submitted("echo");
    store().queues().pause("night");

    assertThat(waiting(task)).isEqualTo(new Waiting.QueuePaused("night"));
    assertThat(waiting(elsewhere)).isInstanceOf(Waiting.InLine.class);
  }

  @Test
  void a_task_waits_for_a_worker_that_knows_its_type_and_lives() {
    worker("w1", LONG, "other");
    worker("w2", LEASE_FOR, "echo");
    worker("w3", LONG, "echo").close();
    TaskId task = submitted("echo");
    store().timePasses(LEASE_FOR);

    assertThat(waiting(task)).isEqualTo(new Waiting.NoWorkerForType("echo"));

    worker("w4", LONG, "echo");
    assertThat(waiting(task)).isEqualTo(new Waiting.InLine(0, 10));
  }

  @Test
  void a_task_waits_while_as_many_of_its_queue_run_as_may() {
    store().queues().limit("narrow", new Limit(2, 1));
    List<TaskId> tasks =
        IntStream.range(0, 3)
            .mapToObj(i -> submitted(TaskDraft.of("echo").queue("narrow").owner("owner " + i)))
            .toList();
    List<Lease> leases = worker("echo").claim(10);
    TaskId left = left(tasks, leases);

    assertThat(waiting(left)).isEqualTo(new Waiting.QueueLimit("narrow", 2));

    end(leases.getFirst(), new Outcome.Completed("1"));
    assertThat(waiting(left)).isEqualTo(new Waiting.InLine(0, 10));
  }

  @Test
  void a_task_waits_while_as_many_with_its_concurrency_key_run_as_may() {
    TaskDraft draft = TaskDraft.of("echo").concurrencyKey("site");
    List<TaskId> tasks = List.of(submitted(draft), submitted(draft));
    TaskId ofBob = submitted(draft.owner("bob").concurrencyKey("site"));
    Session worker = worker("echo");
    List<Lease> leases = worker.claim(2);

    assertThat(leases).extracting(Lease::task).contains(ofBob);
    assertThat(waiting(left(tasks, leases))).isEqualTo(new Waiting.ConcurrencyKey("site", 1));
  }

  @Test
  void a_due_task_knows_how_many_of_its_lane_go_before_it() {
    worker("echo");
    worker("w2", LEASE_FOR, "echo", "other");
    TaskId first = submitted("echo");
    submitted(TaskDraft.of("echo").owner("bob"));
    submitted(TaskDraft.of("echo").after(Duration.ofHours(1)));
    TaskId second = submitted("other");
    TaskId urgent = submitted(TaskDraft.of("echo").priority(Priority.HIGH));

    assertThat(waiting(urgent)).isEqualTo(new Waiting.InLine(0, 20));
    assertThat(waiting(first)).isEqualTo(new Waiting.InLine(1, 20));
    assertThat(waiting(second)).isEqualTo(new Waiting.InLine(2, 10));
  }

  @Test
  void a_task_whose_time_has_come_is_in_line() {
    TaskId task = submitted(TaskDraft.of("echo").after(Duration.ofMinutes(10)));
    TaskId before = submitted("echo");
    store().timePasses(Duration.ofMinutes(11));
    worker("echo");

    assertThat(waiting(task)).isEqualTo(new Waiting.InLine(1, 10));
    assertThat(waiting(before)).isEqualTo(new Waiting.InLine(0, 10));
  }

  @Test
  void what_goes_before_a_task_is_counted_up_to_a_thousand() {
    worker("echo");
    store()
        .tasks()
        .submit(IntStream.range(0, 1100).mapToObj(_ -> TaskDraft.of("echo").task()).toList());

    assertThat(waiting(submitted("echo")))
        .isEqualTo(new Waiting.InLine(Waiting.InLine.COUNTED, 10));
  }

  @Test
  void a_running_task_waits_for_nothing() {
    Lease lease = running("echo");

    Outlook outlook = outlook(lease.task());

    assertThat(outlook.waiting()).isNull();
    Instant started = Objects.requireNonNull(outlook.attemptStartedAt());
    assertThat(started).isEqualTo(task(lease.task()).startedAt());
  }

  @Test
  void a_task_that_has_ended_has_no_outlook() {
    assertThat(store().tasks().outlook(ended("echo", new Outcome.Completed("1")))).isEmpty();
    assertThat(store().tasks().outlook(ended("echo", new Outcome.Failed(BROKEN)))).isEmpty();
    assertThat(store().tasks().outlook(TaskId.next())).isEmpty();
  }

  // --- how long it takes

  @Test
  void what_a_task_takes_is_what_its_owners_like_it_took_in_the_middle() {
    took(Duration.ofMinutes(10), TaskDraft.of("echo"));
    took(Duration.ofMinutes(20), TaskDraft.of("echo"));
    took(Duration.ofMinutes(90), TaskDraft.of("echo"));
    took(Duration.ofMinutes(1), TaskDraft.of("other"));
    took(Duration.ofMinutes(1), TaskDraft.of("echo").owner("bob"));

    assertUsual(Duration.ofMinutes(20), TaskDraft.of("echo"));
    took(Duration.ofMinutes(40), TaskDraft.of("echo"));
    assertUsual(Duration.ofMinutes(30), TaskDraft.of("echo"));
  }

  @Test
  void where_nothing_like_it_was_completed_nobody_can_tell() {
    ended("echo", new Outcome.Failed(BROKEN));
    took(Duration.ofMinutes(5), TaskDraft.of("other"));

    assertThat(outlook(submitted("echo")).usual()).isNull();
  }

  @Test
  void only_the_last_attempt_counts() {
    TaskId task = ended("echo", new Outcome.Retrying(BROKEN, Duration.ofHours(2)));
    store().timePasses(Duration.ofHours(3));
    Lease lease = claimed(worker("w2", LONG, "echo"), task);
    store().timePasses(Duration.ofMinutes(5));
    end(lease, new Outcome.Completed("1"));

    assertUsual(Duration.ofMinutes(5), TaskDraft.of("echo"));
  }

  private void took(Duration time, TaskDraft draft) {
    TaskId task = submitted(draft);
    Lease lease = claimed(worker("slow", LONG, draft.task().type()), task);
    store().timePasses(time);
    assertThat(end(lease, new Outcome.Completed("1"))).isTrue();
  }

  /// Nobody but this looks at the task that it submits.
  private void assertUsual(Duration expected, TaskDraft draft) {
    TaskId task = submitted(draft);
    Duration usual = Objects.requireNonNull(outlook(task).usual());
    store().tasks().cancel(task);
    assertThat(usual.minus(expected)).isBetween(Duration.ZERO, store().precision());
  }

  private static TaskId left(List<TaskId> tasks, List<Lease> leases) {
    List<TaskId> leased = leases.stream().map(Lease::task).toList();
    return tasks.stream().filter(task -> !leased.contains(task)).findFirst().orElseThrow();
  }

  private Outlook outlook(TaskId task) {
    return store().tasks().outlook(task).orElseThrow();
  }

  private @Nullable Waiting waiting(TaskId task) {
    return outlook(task).waiting();
  }
}
