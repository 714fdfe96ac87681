package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.Task.FinishedStep;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What workers that claim tasks and write under their leases must get.
///
/// [OutcomesContract] and [RescueContract] hold how attempts end.
public abstract class LeasesContract extends StoreContract {

  // --- claiming

  @Test
  void a_lease_tells_the_worker_what_it_needs_to_know() {
    NewTask asked = TaskDraft.of("echo").owner("grace").params("{\"text\":\"näh\"}").task();
    store().tasks().submit(List.of(asked));

    Lease lease = claimed(worker("echo"), asked.id());

    assertThat(lease.owner()).isEqualTo("grace");
    assertThat(lease.type()).isEqualTo("echo");
    assertThat(object(lease.params())).isEqualTo(Map.of("text", "näh"));
    assertThat(lease.attempt()).isEqualTo(1);
    assertThat(lease.failures()).isZero();
    assertThat(lease.maxRetries()).isEqualTo(asked.maxRetries());
    assertThat(lease.timeout()).isEqualTo(asked.timeout());
    assertThat(lease.traceId()).isEqualTo(asked.traceId());
  }

  @Test
  void a_claimed_task_is_running() {
    TaskId id = submitted("echo");
    store().timePasses(Duration.ofMinutes(3));

    claimed(worker("ant", LEASE_FOR, "echo"), id);

    Task task = task(id);
    assertThat(task.status()).isEqualTo(TaskStatus.RUNNING);
    assertThat(task.attempt()).isEqualTo(1);
    assertThat(task.startedAt()).isEqualTo(lastEvent(id).at()).isEqualTo(task.updatedAt());
    assertThat(Duration.between(task.createdAt(), task.startedAt()))
        .isGreaterThanOrEqualTo(Duration.ofMinutes(3));
    assertThat(lastEvent(id).type()).isEqualTo("started");
    assertThat(data(lastEvent(id))).isEqualTo(Map.of("attempt", 1, "worker", "ant"));
  }

  @Test
  void a_running_attempt_is_among_the_attempts() {
    TaskId task = submitted("echo");

    claimed(worker("ant", LEASE_FOR, "echo"), task);

    assertThat(store().tasks().attempts(task))
        .containsExactly(new AttemptRecord(1, "ant", lastEvent(task).at(), null, null, null));
  }

  @Test
  void a_leased_task_cannot_be_claimed_again() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    claimed(worker, task);

    assertThat(worker.claim(10)).isEmpty();
    assertThat(worker("echo").claim(10)).isEmpty();
  }

  @Test
  void a_worker_gets_only_the_types_it_can_run() {
    submitted("fetch");
    TaskId echo = submitted("echo");
    TaskId sleep = submitted("sleep");

    assertThat(worker("echo", "sleep").claim(10))
        .extracting(Lease::task)
        .containsExactlyInAnyOrder(echo, sleep);
    assertThat(worker().claim(10)).isEmpty();
  }

  @Test
  void a_worker_is_told_of_leases_that_it_does_not_know_of() {
    TaskId known = submitted("echo");
    Session worker = worker("echo");
    Lease knownLease = claimed(worker, known);
    Lease ended = claimed(worker, submitted("echo"));
    end(ended, new Outcome.Completed("1"));
    running("sleep");
    Lease unknown = claimed(worker, submitted("echo"));
    submitted("echo");

    assertThat(worker.heldBesides(Set.of())).containsExactlyInAnyOrder(knownLease, unknown);
    assertThat(worker.heldBesides(Set.of(knownLease.token()))).containsExactly(unknown);
    assertThat(worker.heldBesides(Set.of(knownLease.token(), unknown.token()))).isEmpty();
  }

  @Test
  void a_worker_gets_no_more_than_it_asks_for() {
    IntStream.range(0, 5).forEach(_ -> submitted("echo"));
    Session worker = worker("echo");

    assertThat(worker.claim(0)).isEmpty();
    assertThat(worker.claim(2)).hasSize(2);
    assertThat(worker.claim(10)).hasSize(3);
    assertThat(worker.claim(10)).isEmpty();
  }

  @Test
  void higher_priority_goes_first_then_the_one_that_has_been_due_longest() {
    TaskId low = submitted(TaskDraft.of("echo").priority(Priority.LOW));
    TaskId later = submitted(TaskDraft.of("echo").after(Duration.ofMinutes(20)));
    TaskId sooner = submitted(TaskDraft.of("echo").after(Duration.ofMinutes(10)));
    TaskId high =
        submitted(TaskDraft.of("echo").priority(Priority.HIGH).after(Duration.ofMinutes(30)));
    store().timePasses(Duration.ofMinutes(50));
    TaskId latest = submitted("echo");
    Session worker = worker("echo");

    assertThat(IntStream.range(0, 5).mapToObj(_ -> worker.claim(1).getFirst().task()))
        .containsExactly(high, sooner, later, latest, low);
  }

  @Test
  void a_task_that_has_waited_long_goes_before_one_of_higher_priority() {
    TaskId low = submitted(TaskDraft.of("echo").priority(Priority.LOW));
    store().timePasses(Duration.ofMinutes(61));
    TaskId normal = submitted("echo");
    TaskId high = submitted(TaskDraft.of("echo").priority(Priority.HIGH));
    Session worker = worker("echo");

    assertThat(IntStream.range(0, 3).mapToObj(_ -> worker.claim(1).getFirst().task()))
        .containsExactly(high, low, normal);
  }

  @Test
  void tasks_due_at_the_same_moment_go_by_their_ids() {
    List<NewTask> tasks = IntStream.range(0, 5).mapToObj(_ -> TaskDraft.of("echo").task()).toList();
    store().tasks().submit(tasks.reversed());
    Session worker = worker("echo");

    assertThat(IntStream.range(0, 5).mapToObj(_ -> worker.claim(1).getFirst().task()))
        .isEqualTo(tasks.stream().map(NewTask::id).toList());
  }

  @Test
  void the_first_of_all_types_go_first() {
    TaskId first = submitted("sleep");
    TaskId second = submitted("echo");
    TaskId third = submitted("sleep");
    Session worker = worker("echo", "sleep");

    assertThat(worker.claim(2)).extracting(Lease::task).containsExactlyInAnyOrder(first, second);
    claimed(worker, third);
  }

  @Test
  void a_task_that_is_not_due_cannot_be_claimed() {
    TaskId task = submitted(TaskDraft.of("echo").after(Duration.ofMinutes(10)));
    Session worker = worker("w1", Duration.ofHours(1), "echo");

    assertThat(worker.claim(1)).isEmpty();
    store().timePasses(Duration.ofMinutes(9));
    assertThat(worker.claim(1)).isEmpty();
    store().timePasses(Duration.ofMinutes(1));
    claimed(worker, task);
  }

  @Test
  void racing_workers_get_every_task_exactly_once() throws Exception {
    List<NewTask> tasks =
        IntStream.range(0, 400).mapToObj(_ -> TaskDraft.of("echo").task()).toList();
    store().tasks().submit(tasks);
    List<Callable<List<Lease>>> racers =
        IntStream.range(0, 8)
            .<Callable<List<Lease>>>mapToObj(i -> drain(worker("w" + i, LEASE_FOR, "echo"), i + 1))
            .toList();

    List<Lease> leases = Race.between(racers).stream().flatMap(List::stream).toList();

    assertThat(leases)
        .extracting(Lease::task)
        .containsExactlyInAnyOrderElementsOf(tasks.stream().map(NewTask::id).toList());
    assertThat(new HashSet<>(leases.stream().map(Lease::token).toList())).hasSize(400);
  }

  // A claim that races others may come back empty although tasks are left: it skips what they hold.
  private static Callable<List<Lease>> drain(Session worker, int limit) {
    return () -> {
      List<Lease> all = new ArrayList<>();
      int emptyInARow = 0;
      while (emptyInARow < 20 && all.size() <= 400) {
        List<Lease> leases = worker.claim(limit);
        emptyInARow = leases.isEmpty() ? emptyInARow + 1 : 0;
        all.addAll(leases);
      }
      return all;
    };
  }

  // --- writing

  @Test
  void events_are_appended_in_their_order() {
    Lease lease = running("echo");

    boolean held =
        store()
            .leases()
            .append(
                lease,
                List.of(
                    new NewEvent.StepStarted("plan"),
                    new NewEvent.Progress(30, "Planning “it”\n\\now"),
                    new NewEvent.StepCompleted("plan"),
                    new NewEvent.StepReused("fetch"),
                    new NewEvent.ArtifactStored("id-1", "report", "report.md")));

    assertThat(held).isTrue();
    assertThat(events(lease.task()).subList(2, 7))
        .extracting(event -> Map.entry(event.type(), data(event)))
        .containsExactly(
            Map.entry("step_started", Map.of("step", "plan")),
            Map.entry("progress", Map.of("percent", 30, "message", "Planning “it”\n\\now")),
            Map.entry("step_completed", Map.of("step", "plan")),
            Map.entry("step_reused", Map.of("step", "fetch")),
            Map.entry(
                "artifact_stored",
                Map.of("artifact_id", "id-1", "type", "report", "name", "report.md")));
    assertGapless(events(lease.task()).stream().map(event -> event.number()).toList());
  }

  @Test
  void progress_is_what_was_said_last() {
    Lease lease = running("echo");

    store().leases().append(lease, List.of(progress(30), progress(60), progress(50)));

    assertThat(task(lease.task()).progress()).isEqualTo(50);
  }

  @Test
  void the_current_step_is_the_one_that_has_started_and_not_completed() {
    Lease lease = running("echo");

    store().leases().append(lease, List.of(new NewEvent.StepStarted("plan")));
    assertThat(task(lease.task()).currentStep()).isEqualTo("plan");

    store()
        .leases()
        .append(
            lease, List.of(new NewEvent.StepCompleted("plan"), new NewEvent.StepStarted("write")));
    assertThat(task(lease.task()).currentStep()).isEqualTo("write");

    store().leases().append(lease, List.of(new NewEvent.StepReused("plan"), progress(10)));
    assertThat(task(lease.task()).currentStep()).isEqualTo("write");

    store().leases().append(lease, List.of(new NewEvent.StepCompleted("write")));
    assertThat(task(lease.task()).currentStep()).isNull();
  }

  @Test
  void a_task_was_updated_when_its_latest_event_happened() {
    Lease lease = running("echo");
    store().timePasses(Duration.ofSeconds(20));
    store().leases().append(lease, List.of(progress(10)));

    Task task = task(lease.task());

    assertThat(task.updatedAt()).isEqualTo(lastEvent(lease.task()).at());
    assertThat(Duration.between(task.startedAt(), task.updatedAt()))
        .isGreaterThanOrEqualTo(Duration.ofSeconds(20));
    store().timePasses(Duration.ofSeconds(20));
    store().leases().log(lease, List.of(line("no event")));
    store().leases().finishStep(lease, "plan", "1");
    assertThat(task(lease.task()).updatedAt()).isEqualTo(lastEvent(lease.task()).at());
  }

  @Test
  void appending_nothing_still_tells_whether_the_lease_holds() {
    Lease lease = running("echo");

    assertThat(store().leases().append(lease, List.of())).isTrue();
    assertThat(store().leases().log(lease, List.of())).isTrue();
    end(lease, new Outcome.Completed("{}"));
    assertThat(store().leases().append(lease, List.of())).isFalse();
    assertThat(store().leases().log(lease, List.of())).isFalse();
  }

  @Test
  void the_first_value_of_a_step_stays() {
    Lease lease = running("echo");

    assertThat(store().leases().finishStep(lease, "plan", "{\"a\":[1,2]}")).isTrue();
    assertThat(store().leases().finishStep(lease, "plan", "\"other\"")).isTrue();

    assertThat(object(store().leases().steps(lease.task()).get("plan")))
        .isEqualTo(Map.of("a", List.of(1, 2)));
  }

  @Test
  void steps_are_shown_in_the_order_in_which_they_finished() {
    Lease lease = running("echo");

    for (String step : List.of("zebra", "ant", "mole")) {
      store().leases().finishStep(lease, step, "null");
    }

    assertThat(task(lease.task()).steps())
        .extracting(FinishedStep::name)
        .containsExactly("zebra", "ant", "mole");
    assertThat(store().leases().steps(lease.task()))
        .isEqualTo(Map.of("zebra", "null", "ant", "null", "mole", "null"));
  }

  @Test
  void finishing_a_step_is_no_event() {
    Lease lease = running("echo");

    store().leases().finishStep(lease, "plan", "1");

    assertThat(eventTypes(lease.task())).containsExactly("queued", "started");
  }

  @Test
  void steps_of_different_tasks_have_nothing_to_do_with_each_other() {
    Lease first = running("echo");
    Lease second = running("echo");

    store().leases().finishStep(first, "plan", "1");
    store().leases().finishStep(second, "plan", "2");

    assertThat(store().leases().steps(first.task())).isEqualTo(Map.of("plan", "1"));
    assertThat(store().leases().steps(second.task())).isEqualTo(Map.of("plan", "2"));
  }

  // --- writing without a lease

  @Test
  void a_lease_that_was_given_up_can_write_no_more() {
    Lease lease = running("echo");
    end(lease, new Outcome.Completed("{\"by\":\"first\"}"));

    assertNothingCanBeWritten(lease);
  }

  @Test
  void a_lease_whose_task_was_rescued_can_write_no_more() {
    Lease lease = running("echo");
    rescueAfterSilence();

    assertNothingCanBeWritten(lease);
  }

  @Test
  void a_lease_of_an_earlier_attempt_can_write_no_more() {
    Lease lease = running("echo");
    rescueAfterSilence();
    Lease current = claimed(worker("echo"), lease.task());

    assertNothingCanBeWritten(lease);
    assertThat(store().leases().append(current, List.of(progress(1)))).isTrue();
    assertThat(end(current, new Outcome.Completed("{}"))).isTrue();
  }

  @Test
  void a_released_lease_can_write_no_more_although_the_next_attempt_has_its_number() {
    Lease lease = running("echo");
    end(lease, new Outcome.Released());
    Lease current = claimed(worker("echo"), lease.task());
    assertThat(current.attempt()).isEqualTo(lease.attempt());

    assertNothingCanBeWritten(lease);
  }

  private void assertNothingCanBeWritten(Lease lease) {
    Task before = task(lease.task());
    var events = events(lease.task());
    var attempts = store().tasks().attempts(lease.task());

    assertThat(store().leases().append(lease, List.of(progress(99)))).isFalse();
    assertThat(store().leases().log(lease, List.of(line("too late")))).isFalse();
    assertThat(store().leases().finishStep(lease, "late", "1")).isFalse();
    assertThat(end(lease, new Outcome.Completed("{\"by\":\"late\"}"))).isFalse();
    assertThat(end(lease, new Outcome.Failed(BROKEN))).isFalse();
    assertThat(end(lease, new Outcome.Retrying(BROKEN, Duration.ZERO))).isFalse();
    assertThat(end(lease, new Outcome.Cancelled())).isFalse();
    assertThat(end(lease, new Outcome.Released())).isFalse();

    assertThat(task(lease.task())).isEqualTo(before);
    assertThat(events(lease.task())).isEqualTo(events);
    assertThat(store().tasks().attempts(lease.task())).isEqualTo(attempts);
    assertThat(store().history().log(lease.task(), 0, 10)).isEmpty();
    assertThat(store().leases().steps(lease.task())).isEmpty();
  }

  @Test
  void racing_writers_number_their_events_without_gaps() throws Exception {
    Lease lease = running("echo");
    Callable<Boolean> racer =
        () -> {
          boolean held = true;
          for (int i = 0; i < 20; i++) {
            held &= store().leases().append(lease, List.of(progress(i), progress(i)));
          }
          return held;
        };
    Callable<Boolean> canceller = () -> store().tasks().cancel(lease.task()) != null;

    assertThat(Race.between(List.of(racer, racer, canceller, racer, racer))).containsOnly(true);

    assertThat(events(lease.task())).hasSize(2 + 160 + 1);
    assertGapless(events(lease.task()).stream().map(event -> event.number()).toList());
  }

  private LogLine line(String text) {
    return new LogLine(store().now(), LogLine.Level.INFO, text);
  }
}
