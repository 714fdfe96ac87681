package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.Batch;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.task.TaskStore] must do with tasks that are submitted together.
public abstract class BatchContract extends StoreContract {
  private final UUID batch = UUID.randomUUID();

  @Test
  void a_batch_says_how_its_tasks_stand() {
    submit(5, TaskDraft.of("echo").batch(batch));
    submitted(TaskDraft.of("echo").after(Duration.ofHours(1)).batch(batch));
    submitted("echo");
    Session worker = worker("echo");
    List<Lease> leases = worker.claim(3);
    end(leases.get(0), new Outcome.Completed("1"));
    end(leases.get(1), new Outcome.Failed(BROKEN));
    store().leases().append(leases.get(2), List.of(progress(40)));

    Batch found = store().tasks().batch(batch).orElseThrow();

    assertThat(found.owner()).isEqualTo("ada");
    assertThat(found.counts())
        .isEqualTo(
            Map.of(
                TaskStatus.COMPLETED,
                1,
                TaskStatus.FAILED,
                1,
                TaskStatus.RUNNING,
                1,
                TaskStatus.QUEUED,
                2,
                TaskStatus.PENDING,
                1));
    assertThat(found.progress()).isEqualTo(240 / 6);
  }

  @Test
  void a_batch_whose_tasks_have_all_ended_is_at_100() {
    submit(3, TaskDraft.of("echo").batch(batch));
    worker("echo").claim(3).forEach(lease -> end(lease, new Outcome.Cancelled()));

    assertThat(store().tasks().batch(batch).orElseThrow().progress()).isEqualTo(100);
  }

  @Test
  void a_batch_that_nobody_submitted_is_not_found() {
    submitted("echo");

    assertThat(store().tasks().batch(batch)).isEmpty();
    assertThat(store().tasks().inBatch(batch)).isEmpty();
  }

  @Test
  void the_tasks_of_a_batch_come_in_the_order_of_their_ids_ended_or_not() {
    List<TaskId> ids = ids(submit(4, TaskDraft.of("echo").batch(batch)));
    end(worker("echo").claim(1).getFirst(), new Outcome.Completed("1"));

    assertThat(store().tasks().inBatch(batch)).isEqualTo(ids);
  }

  @Test
  void where_the_key_was_used_nothing_of_a_batch_is_stored() {
    TaskId first = submitted(TaskDraft.of("echo").key("k", "one"));
    List<NewTask> tasks = drafted(3, batch, "other");

    assertThat(store().tasks().submit(tasks)).containsOnly(new Submitted.KeyReused(first));

    assertThat(store().tasks().batch(batch)).isEmpty();
    assertThat(worker("echo").claim(10)).hasSize(1);
  }

  @Test
  void a_batch_that_comes_again_with_its_key_is_answered_with_the_first_task_of_the_first() {
    List<NewTask> tasks = drafted(3, batch, "same");
    store().tasks().submit(tasks);
    UUID again = UUID.randomUUID();

    assertThat(store().tasks().submit(drafted(3, again, "same")))
        .hasSize(3)
        .containsOnly(new Submitted.Known(tasks.getFirst().id()));

    assertThat(store().tasks().batch(again)).isEmpty();
  }

  @Test
  void a_refused_batch_takes_no_other_tasks_of_the_call_with_it() {
    submitted(TaskDraft.of("echo").key("k", "one"));
    List<NewTask> tasks = new ArrayList<>(drafted(2, batch, "other"));
    NewTask alone = TaskDraft.of("echo").task();
    tasks.add(alone);

    List<Submitted> answers = store().tasks().submit(tasks);

    assertThat(answers.getLast()).isInstanceOf(Submitted.Stored.class);
    assertThat(status(alone.id())).isEqualTo(TaskStatus.QUEUED);
    assertThat(store().tasks().batch(batch)).isEmpty();
  }

  @Test
  void a_batch_without_a_key_that_is_submitted_again_is_there_once() {
    List<NewTask> tasks = submit(3, TaskDraft.of("echo").batch(batch));

    List<Submitted> answers = store().tasks().submit(tasks);

    assertThat(answers).extracting(one -> ((Submitted.Stored) one).id()).isEqualTo(ids(tasks));
    assertThat(store().tasks().batch(batch).orElseThrow().total()).isEqualTo(3);
  }

  @Test
  void many_tasks_at_once_are_stored_as_each_alone_would_be() {
    Instant moment = Instant.parse("2031-03-04T05:06:07.123456Z");
    List<TaskDraft> drafts =
        IntStream.range(0, 25)
            .boxed()
            .flatMap(i ->
                Stream.of(
                    TaskDraft.of("echo").params("{\"snow\": \"☃ %d\"}".formatted(i)).owner("Zoë"),
                    TaskDraft.of("other").priority(Priority.LOW).tags("a", "b c", "ä🦀"),
                    TaskDraft.of("echo")
                        .after(Duration.ofHours(1))
                        .ttl(Duration.ofMinutes(9))
                        .concurrencyKey("k" + i),
                    TaskDraft.of("echo").at(moment).queue("narrow").priority(Priority.HIGH)))
            .toList();
    List<NewTask> tasks = drafts.stream().map(TaskDraft::task).toList();

    List<Submitted> answers = store().tasks().submit(tasks);

    assertThat(answers).extracting(one -> ((Submitted.Stored) one).id()).isEqualTo(ids(tasks));
    for (int i = 0; i < drafts.size(); i++) {
      Task alone = task(submitted(drafts.get(i)));
      Task together = task(tasks.get(i).id());
      assertThat(together)
          .usingRecursiveComparison()
          .ignoringFields("id", "createdAt", "updatedAt", "dueAt", "expiresAt", "traceId")
          .isEqualTo(alone);
      assertThat(
              Duration.between(together.createdAt(), together.dueAt())
                  .truncatedTo(ChronoUnit.HOURS))
          .isEqualTo(
              Duration.between(alone.createdAt(), alone.dueAt()).truncatedTo(ChronoUnit.HOURS));
      assertThat(startableFor(together)).isEqualTo(startableFor(alone));
    }
    assertThat(worker("echo").claim(100)).extracting(Lease::owner).containsOnly("Zoë").hasSize(50);
  }

  private static Optional<Duration> startableFor(Task task) {
    return Optional.ofNullable(task.expiresAt()).map(end -> Duration.between(task.dueAt(), end));
  }

  @Test
  void many_tasks_that_are_submitted_again_are_there_once() {
    List<NewTask> tasks = submit(80, TaskDraft.of("echo").batch(batch));
    List<NewTask> more = new ArrayList<>(tasks);
    more.addAll(
        IntStream.range(0, 10).mapToObj(_ -> TaskDraft.of("echo").batch(batch).task()).toList());

    List<Submitted> answers = store().tasks().submit(more);

    assertThat(answers).extracting(one -> ((Submitted.Stored) one).id()).isEqualTo(ids(more));
    assertThat(store().tasks().batch(batch).orElseThrow().total()).isEqualTo(90);
  }

  @Test
  void of_racing_batches_with_one_key_a_single_one_is_stored_whole() throws Exception {
    for (int round = 0; round < 5; round++) {
      String key = "round " + round;
      List<UUID> batches = IntStream.range(0, 6).mapToObj(_ -> UUID.randomUUID()).toList();
      List<Callable<List<Submitted>>> racers = new ArrayList<>();
      batches.forEach(
          one -> racers.add(() -> store().tasks().submit(drafted(20, one, key, "same"))));

      Race.between(racers);

      assertThat(batches.stream().map(store().tasks()::inBatch).map(List::size))
          .containsOnlyOnce(20)
          .containsOnly(0, 20);
    }
  }

  private List<NewTask> submit(int count, TaskDraft draft) {
    List<NewTask> tasks = IntStream.range(0, count).mapToObj(_ -> draft.task()).toList();
    store().tasks().submit(tasks);
    return tasks;
  }

  private static List<NewTask> drafted(int count, UUID batch, String fingerprint) {
    return drafted(count, batch, "k", fingerprint);
  }

  /// The first one carries the key.
  private static List<NewTask> drafted(int count, UUID batch, String key, String fingerprint) {
    TaskDraft draft = TaskDraft.of("echo").batch(batch);
    return IntStream.range(0, count)
        .mapToObj(i -> i == 0 ? draft.key(key, fingerprint).task() : draft.task())
        .toList();
  }

  private static List<TaskId> ids(List<NewTask> tasks) {
    return tasks.stream().map(NewTask::id).toList();
  }
}
