package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Hold;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.queue.Queue;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.task.TaskStore.Cancelled;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Who is next: turns, limits and pauses; and what holding a task does to it.
public abstract class LineContract extends StoreContract {

  // --- turns

  @Test
  void owners_take_turns_however_many_tasks_one_of_them_has() {
    IntStream.range(0, 50).forEach(_ -> submitted(TaskDraft.of("echo").owner("flood")));
    submitted(TaskDraft.of("echo").owner("quiet"));
    submitted(TaskDraft.of("echo").owner("still"));
    Session worker = worker("echo");

    assertThat(owners(worker.claim(3))).containsExactlyInAnyOrder("flood", "quiet", "still");
    assertThat(owners(worker.claim(3))).containsOnly("flood");
  }

  @Test
  void claims_of_one_task_go_round() {
    Stream.of("ada", "bob", "cleo")
        .forEach(owner ->
            IntStream.range(0, 3).forEach(_ -> submitted(TaskDraft.of("echo").owner(owner))));
    Session worker = worker("echo");

    List<String> served = new ArrayList<>();
    IntStream.range(0, 9).forEach(_ -> served.addAll(owners(worker.claim(1))));

    assertThat(served.subList(0, 3)).containsExactlyInAnyOrder("ada", "bob", "cleo");
    assertThat(served.subList(3, 6)).isEqualTo(served.subList(0, 3));
    assertThat(served.subList(6, 9)).isEqualTo(served.subList(0, 3));
  }

  @Test
  void a_lane_of_unknown_types_holds_nobody_up() {
    IntStream.range(0, 5).forEach(_ -> submitted(TaskDraft.of("foreign").owner("bob")));
    TaskId mine = submitted(TaskDraft.of("echo").owner("bob"));
    TaskId another = submitted(TaskDraft.of("echo").owner("ada"));
    Session worker = worker("echo");

    assertThat(Stream.of(1, 2, 3).flatMap(_ -> worker.claim(1).stream()).map(Lease::task))
        .containsExactlyInAnyOrder(mine, another);
  }

  @Test
  void a_worker_with_one_free_slot_looks_on_behind_lanes_of_unknown_types() {
    IntStream.range(0, 40).forEach(i -> submitted(TaskDraft.of("foreign").owner("owner " + i)));
    TaskId mine = submitted(TaskDraft.of("echo").owner("ada"));
    Session worker = worker("echo");

    assertThat(claimed(worker, 5)).extracting(Lease::task).containsExactly(mine);
  }

  @Test
  void taken_keys_keep_nobody_from_his_turn() {
    IntStream.range(0, 60)
        .forEach(
            i -> submitted(TaskDraft.of("echo").owner("keys").concurrencyKey("key " + i % 30)));
    Session worker = worker("echo");
    List<Lease> taken = worker.claim(30);
    Stream.of("ada", "bob")
        .forEach(owner ->
            IntStream.range(0, 20).forEach(_ -> submitted(TaskDraft.of("echo").owner(owner))));

    assertThat(owners(claimed(worker, 10)).stream().sorted())
        .isEqualTo(
            Stream.of("ada", "bob").flatMap(o -> Stream.generate(() -> o).limit(5)).toList());
    end(taken.getFirst(), new Outcome.Completed("1"));
    assertThat(owners(claimed(worker, 3))).containsExactlyInAnyOrder("ada", "bob", "keys");
    assertThat(worker.claim(100)).hasSize(28);
    assertThat(worker.claim(100)).isEmpty();
  }

  private static List<Lease> claimed(Session worker, int claims) {
    return IntStream.range(0, claims).mapToObj(_ -> worker.claim(1)).flatMap(List::stream).toList();
  }

  // --- limits

  @Test
  void of_one_concurrency_key_only_one_runs_at_a_time() {
    List<TaskId> same =
        IntStream.range(0, 3)
            .mapToObj(_ -> submitted(TaskDraft.of("echo").concurrencyKey("site")))
            .toList();
    TaskId other = submitted(TaskDraft.of("echo").concurrencyKey("elsewhere"));
    TaskId ofBob = submitted(TaskDraft.of("echo").owner("bob").concurrencyKey("site"));
    Session worker = worker("echo");

    List<Lease> first = worker.claim(10);

    assertThat(first).extracting(Lease::task).containsExactlyInAnyOrder(same.get(0), other, ofBob);
    assertThat(worker.claim(10)).isEmpty();
    end(leaseOf(first, same.get(0)), new Outcome.Completed("1"));
    assertThat(worker.claim(10)).extracting(Lease::task).containsExactly(same.get(1));
  }

  @Test
  void a_queue_runs_no_more_than_its_limit_whoever_claims() {
    store().queues().limit("narrow", new Limit(3, 1));
    IntStream.range(0, 10)
        .forEach(i -> submitted(TaskDraft.of("echo").queue("narrow").owner("owner " + i % 3)));
    TaskId elsewhere = submitted(TaskDraft.of("echo").queue("wide"));
    Session one = worker("echo");
    Session two = worker("w2", LEASE_FOR, "echo");

    List<Lease> first = one.claim(2);
    List<Lease> second = two.claim(10);

    List<Lease> all = Stream.concat(first.stream(), second.stream()).toList();
    assertThat(all).hasSize(4).extracting(Lease::task).contains(elsewhere);
    assertThat(one.claim(10)).isEmpty();
    end(
        all.stream().filter(lease -> !lease.task().equals(elsewhere)).findFirst().orElseThrow(),
        new Outcome.Completed("1"));
    assertThat(one.claim(10)).hasSize(1);
  }

  @Test
  void limits_hold_when_workers_race() throws Exception {
    store().queues().limit("narrow", new Limit(5, 2));
    IntStream.range(0, 40)
        .forEach(i ->
            submitted(
                TaskDraft.of("echo")
                    .queue("narrow")
                    .owner("o" + i % 2)
                    .concurrencyKey("k" + i % 4)));
    List<Callable<List<Lease>>> racers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      Session worker = worker("w" + i, LEASE_FOR, "echo");
      racers.add(() -> {
        List<Lease> all = new ArrayList<>();
        IntStream.range(0, 5).forEach(_ -> all.addAll(worker.claim(3)));
        return all;
      });
    }

    Race.between(racers);

    assertThat(queue("narrow").running()).isLessThanOrEqualTo(5);
    assertThat(worker("echo").claim(10).size() + queue("narrow").running()).isLessThanOrEqualTo(10);
    assertThat(queue("narrow").running()).isEqualTo(5);
  }

  @Test
  void what_another_worker_holds_counts_against_the_limit() {
    store().queues().limit("narrow", new Limit(2, 1));
    IntStream.range(0, 4)
        .forEach(i -> submitted(TaskDraft.of("echo").queue("narrow").concurrencyKey("k" + i)));

    try (Hold hold = worker("echo").hold(2)) {
      assertThat(hold.leases()).hasSize(2);
      assertThat(worker("w2", LEASE_FOR, "echo").claim(10)).isEmpty();
      assertThat(hold.settle(Map.of(), hold.leases())).hasSize(2);
    }

    assertThat(worker("w3", LEASE_FOR, "echo").claim(10)).isEmpty();
    assertThat(queue("narrow").running()).isEqualTo(2);
  }

  @Test
  void a_paused_queue_starts_nothing_until_it_is_resumed() {
    TaskId task = submitted(TaskDraft.of("echo").queue("night"));
    Session worker = worker("echo");
    store().queues().pause("night");

    assertThat(worker.claim(5)).isEmpty();
    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
    assertThat(queue("night").paused()).isTrue();

    store().queues().resume("night");
    claimed(worker, task);
    assertThat(queue("night").paused()).isFalse();
  }

  @Test
  void queues_say_how_many_tasks_they_have() {
    store().queues().limit("empty", new Limit(7, 2));
    submitted(TaskDraft.of("echo").queue("busy"));
    submitted(TaskDraft.of("echo").queue("busy"));
    submitted(TaskDraft.of("echo").queue("busy").after(Duration.ofHours(1)));
    assertThat(worker("echo").claim(1)).hasSize(1);

    assertThat(store().queues().all())
        .containsExactly(
            new Queue("busy", false, Limit.NONE, 1, 1, 1),
            new Queue("empty", false, new Limit(7, 2), 0, 0, 0));
  }

  // --- holding

  @Test
  void what_is_completed_while_it_is_held_has_a_history_like_any_other() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");

    try (Hold hold = worker.hold(5)) {
      assertThat(hold.settle(Map.of(hold.leases().getFirst(), "{\"a\":1}"), List.of())).isEmpty();
    }

    assertThat(object(task(task).result())).isEqualTo(Map.of("a", 1));
    assertThat(eventTypes(task)).containsExactly("queued", "started", "completed");
    assertThat(store().tasks().attempts(task))
        .singleElement()
        .extracting(AttemptRecord::number, AttemptRecord::worker, AttemptRecord::outcome)
        .containsExactly(1, "w1", "completed");
    assertThat(task(task).attempt()).isEqualTo(1);
    assertThat(task(task).progress()).isEqualTo(100);
    assertThat(worker.claim(1)).isEmpty();
  }

  @Test
  void what_is_held_is_nobody_elses_and_goes_back_untouched() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    Session other = worker("w2", LEASE_FOR, "echo");

    try (Hold hold = worker.hold(5)) {
      assertThat(hold.leases()).hasSize(1);
      assertThat(other.claim(5)).isEmpty();
      assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
    }

    assertThat(eventTypes(task)).containsExactly("queued");
    assertThat(task(task).attempt()).isZero();
    assertThat(claimed(other, task).attempt()).isEqualTo(1);
  }

  @Test
  void a_settled_hold_completes_some_keeps_some_and_lets_go_of_the_rest() {
    IntStream.range(0, 3).forEach(_ -> submitted("echo"));
    Session worker = worker("echo");

    Lease completed;
    Lease kept;
    Lease released;
    try (Hold hold = worker.hold(5)) {
      completed = hold.leases().get(0);
      kept = hold.leases().get(1);
      released = hold.leases().get(2);
      assertThat(hold.settle(Map.of(completed, "1"), List.of(kept))).containsExactly(kept);
    }

    assertThat(status(completed.task())).isEqualTo(TaskStatus.COMPLETED);
    assertThat(status(kept.task())).isEqualTo(TaskStatus.RUNNING);
    assertThat(status(released.task())).isEqualTo(TaskStatus.QUEUED);
    assertThat(end(completed, new Outcome.Completed("2"))).isFalse();
    assertThat(end(released, new Outcome.Completed("2"))).isFalse();
    assertThat(end(kept, new Outcome.Completed("2"))).isTrue();
    assertThat(eventTypes(kept.task())).containsExactly("queued", "started", "completed");
  }

  @Test
  void a_worker_whose_registration_has_ended_keeps_nothing_of_what_it_holds() {
    TaskId task = submitted("echo");
    Session worker = worker("echo");

    try (Hold hold = worker.hold(5)) {
      worker.close();
      assertThat(hold.settle(Map.of(), hold.leases())).isEmpty();
    }

    assertThat(status(task)).isEqualTo(TaskStatus.QUEUED);
    assertThat(eventTypes(task)).containsExactly("queued");
  }

  @Test
  void a_cancellation_waits_for_the_end_of_the_hold() throws Exception {
    TaskId task = submitted("echo");
    Session worker = worker("echo");
    Hold hold = worker.hold(1);

    List<Cancelled> answers =
        Race.between(
            List.of(
                () -> store().tasks().cancel(task),
                () -> {
                  hold.settle(Map.of(hold.leases().getFirst(), "1"), List.of());
                  return new Cancelled.Unknown();
                }));

    assertThat(answers.getFirst()).isEqualTo(new Cancelled.AlreadyEnded(TaskStatus.COMPLETED));
  }

  @Test
  void racing_workers_share_all_tasks_among_them() throws Exception {
    List<TaskId> tasks = IntStream.range(0, 200).mapToObj(_ -> submitted("echo")).toList();
    List<Callable<List<TaskId>>> racers = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      Session worker = worker("w" + i, LEASE_FOR, "echo");
      racers.add(() -> served(worker));
    }

    List<TaskId> served = new ArrayList<>();
    Race.between(racers).forEach(served::addAll);
    served.addAll(served(worker("echo")));

    assertThat(served).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(tasks);
    assertThat(tasks).allSatisfy(task -> assertThat(eventTypes(task)).hasSize(3));
  }

  private static List<TaskId> served(Session worker) {
    List<TaskId> served = new ArrayList<>();
    while (true) {
      try (Hold hold = worker.hold(7)) {
        if (hold.leases().isEmpty()) {
          return served;
        }
        Map<Lease, String> results = new HashMap<>();
        hold.leases().forEach(lease -> results.put(lease, "1"));
        hold.settle(results, List.of());
        hold.leases().forEach(lease -> served.add(lease.task()));
      }
    }
  }

  private Queue queue(String name) {
    return store().queues().all().stream()
        .filter(queue -> queue.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static Lease leaseOf(List<Lease> leases, TaskId task) {
    return leases.stream().filter(lease -> lease.task().equals(task)).findFirst().orElseThrow();
  }

  private static List<String> owners(List<Lease> leases) {
    return leases.stream().map(Lease::owner).toList();
  }
}
