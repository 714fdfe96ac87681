package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore.Submitted;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.task.TaskStore] must do with what callers submit.
///
/// [TaskListContract] and [CancelAndRetryContract] hold the rest.
public abstract class TaskStoreContract extends StoreContract {

  @Test
  void a_task_is_found_as_it_was_submitted() {
    NewTask asked =
        TaskDraft.of("research")
            .owner("grace")
            .params("{\"prompt\": \"naïve “quotes” 日本語 🧭\", \"depth\": 2}")
            .priority(Priority.HIGH)
            .tags("blue", "café")
            .task();

    assertThat(submit(asked)).isEqualTo(stored(asked.id()));

    Task task = task(asked.id());
    assertThat(task.id()).isEqualTo(asked.id());
    assertThat(task.owner()).isEqualTo("grace");
    assertThat(task.type()).isEqualTo("research");
    assertThat(object(task.params())).isEqualTo(object(asked.params()));
    assertThat(task.queue()).isEqualTo(asked.queue());
    assertThat(task.priority()).isEqualTo(Priority.HIGH);
    assertThat(task.tags()).containsExactly("blue", "café");
    assertThat(task.maxRetries()).isEqualTo(asked.maxRetries());
    assertThat(task.timeout()).isEqualTo(asked.timeout());
    assertThat(task.traceId()).isEqualTo(asked.traceId());
  }

  @Test
  void a_new_task_has_done_nothing_yet() {
    Task task = task(submitted("echo"));

    assertThat(task.status()).isEqualTo(TaskStatus.QUEUED);
    assertThat(task.progress()).isZero();
    assertThat(task.currentStep()).isNull();
    assertThat(task.steps()).isEmpty();
    assertThat(task.attempt()).isZero();
    assertThat(task.cancelRequested()).isFalse();
    assertThat(task.startedAt()).isNull();
    assertThat(task.finishedAt()).isNull();
    assertThat(task.result()).isNull();
    assertThat(task.error()).isNull();
    assertThat(store().tasks().attempts(task.id())).isEmpty();
  }

  @Test
  void a_task_nobody_submitted_is_not_found() {
    TaskId unknown = TaskId.next();

    assertThat(store().tasks().find(unknown)).isEmpty();
    assertThat(store().tasks().attempts(unknown)).isEmpty();
    assertThat(store().leases().steps(unknown)).isEmpty();
  }

  @Test
  void a_new_task_is_stamped_with_the_present_to_the_microsecond() {
    Task task = task(submitted("echo"));

    assertThat(Duration.between(task.createdAt(), store().now()).abs())
        .isLessThanOrEqualTo(store().precision());
    assertThat(task.createdAt()).isEqualTo(task.createdAt().truncatedTo(ChronoUnit.MICROS));
    assertThat(task.updatedAt()).isEqualTo(task.createdAt());
    assertThat(task.dueAt()).isEqualTo(task.createdAt());
    assertThat(lastEvent(task.id()).at()).isEqualTo(task.createdAt());
  }

  @Test
  void its_first_event_says_that_it_was_queued() {
    TaskId task = submitted("echo");

    assertThat(events(task))
        .singleElement()
        .satisfies(event -> {
          assertThat(event.number()).isEqualTo(1);
          assertThat(event.type()).isEqualTo("queued");
          assertThat(data(event)).isEmpty();
        });
  }

  @Test
  void a_task_with_a_delay_is_pending_and_says_until_when() {
    Duration delay = Duration.ofMinutes(10).plusMillis(250);

    Task task = task(submitted(TaskDraft.of("echo").after(delay)));

    assertThat(task.status()).isEqualTo(TaskStatus.PENDING);
    assertThat(task.dueAt()).isEqualTo(task.createdAt().plus(delay));
    assertThat(data(lastEvent(task.id())).keySet()).containsExactly("due_at");
    assertThat(Instant.parse((String) data(lastEvent(task.id())).get("due_at")))
        .isEqualTo(task.dueAt());
  }

  @Test
  void a_task_for_a_later_moment_is_pending_until_then() {
    Instant moment = store().now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MICROS);

    TaskId task = submitted(TaskDraft.of("echo").at(moment));

    assertThat(task(task).dueAt()).isEqualTo(moment);
    assertThat(status(task)).isEqualTo(TaskStatus.PENDING);
    store().timePasses(Duration.ofHours(1));
    assertThat(status(task)).isEqualTo(TaskStatus.PENDING);
    store().timePasses(Duration.ofHours(1));
    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
  }

  @Test
  void a_task_for_a_moment_that_has_passed_is_due_since_then() {
    Instant moment = store().now().minus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MICROS);

    TaskId task = submitted(TaskDraft.of("echo").at(moment));

    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
    assertThat(task(task).dueAt()).isEqualTo(moment);
    assertThat(data(lastEvent(task))).isEmpty();
  }

  @Test
  void a_moment_finer_than_a_microsecond_is_kept_to_the_microsecond() {
    Instant moment = store().now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.MICROS);

    Instant dueAt = task(submitted(TaskDraft.of("echo").at(moment.plusNanos(700)))).dueAt();

    assertThat(dueAt).isIn(moment, moment.plusNanos(1_000));
  }

  @Test
  void a_task_without_a_delay_to_wait_for_is_queued() {
    TaskId task = submitted(TaskDraft.of("echo").after(Duration.ZERO));

    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
    assertThat(data(lastEvent(task))).isEmpty();
  }

  @Test
  void many_tasks_are_stored_at_one_moment_and_answered_in_their_order() {
    List<NewTask> tasks =
        IntStream.range(0, 1_000).mapToObj(_ -> TaskDraft.of("echo").task()).toList();
    List<NewTask> shuffled = new ArrayList<>(tasks);
    Collections.shuffle(shuffled, new Random(1));

    List<Submitted> answers = submit(shuffled);

    assertThat(answers).isEqualTo(shuffled.stream().map(task -> stored(task.id())).toList());
    assertThat(task(tasks.getFirst().id()).createdAt())
        .isEqualTo(task(tasks.getLast().id()).createdAt());
  }

  @Test
  void submitting_nothing_stores_nothing() {
    assertThat(store().tasks().submit(List.of())).isEmpty();
  }

  @Test
  void large_params_are_kept_whole() {
    String text = "long – ".repeat(150_000);

    TaskId task = submitted(TaskDraft.of("echo").params("{\"text\":\"%s\"}".formatted(text)));

    assertThat(object(task(task).params())).isEqualTo(Map.of("text", text));
  }

  // A caller whose connection broke cannot know whether the first call took effect.
  @Test
  void submitting_the_same_task_again_changes_nothing_and_has_the_same_answer() {
    NewTask task = TaskDraft.of("echo").task();
    Submitted first = submit(task);
    end(claimed(worker("echo"), task.id()), new Outcome.Retrying(BROKEN, Duration.ofHours(1)));

    assertThat(submit(task)).isEqualTo(first);

    assertThat(status(task.id())).isEqualTo(TaskStatus.RETRYING);
    assertThat(eventTypes(task.id())).containsExactly("queued", "started", "retrying");
  }

  @Test
  void submitting_the_same_task_with_its_key_again_changes_nothing() {
    NewTask task = TaskDraft.of("echo").key("k", "same").task();
    submit(task);

    assertThat(submit(task)).isIn(stored(task.id()), new Submitted.Known(task.id()));

    assertThat(eventTypes(task.id())).containsExactly("queued");
  }

  @Test
  void a_key_that_comes_back_with_the_same_submission_stands_for_the_first_task() {
    TaskId first = submitted(TaskDraft.of("echo").key("k", "same"));
    NewTask again = TaskDraft.of("echo").key("k", "same").task();

    assertThat(submit(again)).isEqualTo(new Submitted.Known(first));

    assertThat(store().tasks().find(again.id())).isEmpty();
    assertThat(eventTypes(first)).containsExactly("queued");
  }

  @Test
  void a_key_that_comes_back_with_another_submission_is_refused() {
    TaskId first = submitted(TaskDraft.of("echo").key("k", "one"));
    NewTask other = TaskDraft.of("echo").key("k", "other").task();

    assertThat(submit(other)).isEqualTo(new Submitted.KeyReused(first));

    assertThat(store().tasks().find(other.id())).isEmpty();
  }

  @Test
  void a_refused_submission_does_not_change_what_the_key_stands_for() {
    TaskId first = submitted(TaskDraft.of("echo").key("k", "one"));
    submitted(TaskDraft.of("echo").key("k", "other"));

    assertThat(submit(TaskDraft.of("echo").key("k", "one").task()))
        .isEqualTo(new Submitted.Known(first));
  }

  @Test
  void keys_of_different_owners_have_nothing_to_do_with_each_other() {
    submitted(TaskDraft.of("echo").owner("ada").key("k", "same"));
    NewTask grace = TaskDraft.of("echo").owner("grace").key("k", "same").task();

    assertThat(submit(grace)).isEqualTo(stored(grace.id()));
  }

  @Test
  void a_key_still_stands_for_its_task_when_that_has_ended() {
    TaskDraft draft = TaskDraft.of("echo").key("k", "same");
    TaskId first = submitted(draft);
    end(claimed(worker("echo"), first), new Outcome.Completed("{}"));
    store().timePasses(Duration.ofHours(1));

    assertThat(submit(draft.task())).isEqualTo(new Submitted.Known(first));
  }

  @Test
  void within_one_call_the_second_use_of_a_key_is_answered_like_a_later_call() {
    NewTask first = TaskDraft.of("echo").key("k", "same").task();
    NewTask keyless = TaskDraft.of("echo").task();
    NewTask same = TaskDraft.of("echo").key("k", "same").task();
    NewTask other = TaskDraft.of("echo").key("k", "other").task();

    List<Submitted> answers = submit(List.of(first, keyless, same, other));

    assertThat(answers)
        .containsExactly(
            stored(first.id()),
            stored(keyless.id()),
            new Submitted.Known(first.id()),
            new Submitted.KeyReused(first.id()));
    assertThat(worker("echo").claim(10)).hasSize(2);
  }

  @Test
  void of_racing_submissions_with_one_key_a_single_one_is_stored() throws Exception {
    for (int round = 0; round < 10; round++) {
      TaskDraft draft = TaskDraft.of("echo").key("round " + round, "same");
      Callable<Submitted> racer = () -> submit(draft.task());

      List<Submitted> answers = Race.between(Collections.nCopies(8, racer));

      List<TaskId> stored =
          answers.stream()
              .filter(Submitted.Stored.class::isInstance)
              .map(answer -> ((Submitted.Stored) answer).id())
              .toList();
      assertThat(stored).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> !(answer instanceof Submitted.Stored))
          .containsOnly(new Submitted.Known(stored.getFirst()));
    }
  }

  // Two batches that name the same keys in opposite orders must not wait for each other for ever.
  @Test
  void racing_batches_that_share_keys_all_get_an_answer() throws Exception {
    for (int round = 0; round < 10; round++) {
      List<TaskDraft> drafts = draftsWithKeys("round " + round);
      List<Callable<List<Submitted>>> racers =
          List.of(
              () -> store().tasks().submit(tasks(drafts)),
              () -> store().tasks().submit(tasks(drafts.reversed())),
              () -> store().tasks().submit(tasks(drafts)),
              () -> store().tasks().submit(tasks(drafts.reversed())));

      List<Submitted> answers = Race.between(racers).stream().flatMap(List::stream).toList();

      assertThat(answers).filteredOn(Submitted.Stored.class::isInstance).hasSize(drafts.size());
      assertThat(answers).filteredOn(Submitted.Known.class::isInstance).hasSize(3 * drafts.size());
    }
  }

  private static List<TaskDraft> draftsWithKeys(String prefix) {
    return IntStream.range(0, 20)
        .mapToObj(i -> TaskDraft.of("echo").key(prefix + " key " + i, "same"))
        .toList();
  }

  private static List<NewTask> tasks(List<TaskDraft> drafts) {
    return drafts.stream().map(TaskDraft::task).toList();
  }

  /// The answer for a task that was stored: its times are those the store kept.
  private Submitted stored(TaskId id) {
    Task task = task(id);
    return new Submitted.Stored(id, task.createdAt(), task.dueAt());
  }

  /// Whether workers were told is a matter of time.
  private List<Submitted> submit(List<NewTask> tasks) {
    return store().tasks().submit(tasks).stream()
        .map(answer ->
            answer instanceof Submitted.Stored(var id, var createdAt, var dueAt, _)
                ? new Submitted.Stored(id, createdAt, dueAt)
                : answer)
        .toList();
  }

  private Submitted submit(NewTask task) {
    List<Submitted> answers = submit(List.of(task));
    assertThat(answers).hasSize(1);
    return answers.getFirst();
  }
}
