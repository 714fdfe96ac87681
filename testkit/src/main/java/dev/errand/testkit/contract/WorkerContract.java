package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Account;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Reservation;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.event.Event;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.signal.LocalSignals;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.worker.Worker;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.engine.worker.WorkerContext;
import dev.errand.testkit.memory.InMemoryArtifactStorage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/// What a worker makes of tasks, over any store.
public abstract class WorkerContract extends StoreContract {
  private static final String TYPE = "work";
  private static final Duration LONG = Duration.ofMinutes(1);
  private static final BudgetLimits BUDGETS =
      new BudgetLimits(new Allowance(1_000L, null), Allowance.UNLIMITED, Allowance.UNLIMITED);
  private static final Duration SHORT = Duration.ofMillis(50);
  private static final int PATIENCE_SECONDS = 30;

  private final LocalSignals signals = new LocalSignals();
  private final List<Worker> workers = new ArrayList<>();

  /// What the handler does.
  private interface Work {
    Object run(Attempt attempt) throws Exception;
  }

  // --- running

  @Test
  void a_task_is_run_and_its_result_is_kept() throws Exception {
    working(attempt -> Map.of("attempt", attempt.number()));

    TaskId id = submittedNow();

    Task ended = awaited(id, TaskStatus.COMPLETED);
    assertThat(object(ended.result())).isEqualTo(Map.of("attempt", 1));
    assertThat(eventTypes(id)).startsWith("queued", "started").endsWith("completed");
    assertThat(ended.error()).isNull();
  }

  @Test
  void never_more_attempts_run_at_once_than_the_worker_has_slots() throws Exception {
    AtomicInteger running = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Semaphore go = new Semaphore(0);
    working(
        config(2, LONG, LONG),
        attempt -> {
          most.accumulateAndGet(running.incrementAndGet(), Math::max);
          go.acquire();
          running.decrementAndGet();
          return "done";
        });
    List<TaskId> tasks = new ArrayList<>();
    for (int i = 0; i < 7; i++) {
      tasks.add(submittedNow());
    }

    go.release(tasks.size());

    for (TaskId task : tasks) {
      awaited(task, TaskStatus.COMPLETED);
    }
    assertThat(most.get()).isBetween(1, 2);
  }

  @Test
  void the_end_of_a_task_with_a_concurrency_key_wakes_those_that_wait_for_it() throws Exception {
    Semaphore go = new Semaphore(0);
    CountDownLatch running = new CountDownLatch(1);
    Semaphore woken = new Semaphore(0);
    working(_ -> {
      running.countDown();
      go.acquire();
      return "done";
    });
    submitted(TaskDraft.of(TYPE).concurrencyKey("site"));
    signals.work();
    running.await();

    try (Subscription _ = signals.onWork(woken::release)) {
      go.release();
      await(woken);
    }
  }

  @Test
  void a_worker_runs_only_the_types_it_has_handlers_for() throws Exception {
    TaskId foreign = submitted("somebody_elses");
    working(_ -> "done");

    awaited(submittedNow(), TaskStatus.COMPLETED);

    assertThat(status(foreign)).isEqualTo(TaskStatus.QUEUED);
  }

  // --- steps, progress, log, artifacts

  @Test
  void a_finished_step_is_not_run_again_by_the_next_attempt() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    working(attempt -> {
      int value = attempt.step("first", Integer.class, runs::incrementAndGet);
      if (attempt.number() == 1) {
        throw new IllegalStateException("the first attempt fails");
      }
      return Map.of("value", value);
    });

    TaskId id = submittedNow();
    awaited(id, TaskStatus.RETRYING);
    timePassesUntilDue(id);

    assertThat(object(awaited(id, TaskStatus.COMPLETED).result())).isEqualTo(Map.of("value", 1));
    assertThat(runs).hasValue(1);
    assertThat(eventTypes(id)).containsOnlyOnce("step_started", "step_completed", "step_reused");
  }

  @Test
  void a_step_that_fails_is_run_again_by_the_next_attempt() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    working(attempt ->
        attempt.step(
            "first",
            Integer.class,
            () -> {
              if (runs.incrementAndGet() == 1) {
                throw new IllegalStateException("not yet");
              }
              return runs.get();
            }));

    TaskId id = submittedNow();
    awaited(id, TaskStatus.RETRYING);
    timePassesUntilDue(id);

    assertThat(awaited(id, TaskStatus.COMPLETED).result()).isEqualTo("2");
  }

  @Test
  void progress_and_log_lines_are_kept_in_order() throws Exception {
    working(attempt -> {
      attempt.info("begins");
      for (int percent = 0; percent <= 100; percent++) {
        attempt.progress(percent, "at " + percent);
      }
      attempt.warn("ends");
      return "done";
    });

    TaskId id = submittedNow();

    assertThat(awaited(id, TaskStatus.COMPLETED).progress()).isEqualTo(100);
    List<Object> percents =
        events(id).stream()
            .filter(event -> event.type().equals("progress"))
            .map(event -> data(event).get("percent"))
            .toList();
    assertThat(percents).isNotEmpty().endsWith(100).isSorted();
    assertThat(store().history().log(id, 0, 10))
        .extracting(History.Line::number, line -> line.line().text())
        .containsExactly(tuple(1L, "begins"), tuple(2L, "ends"));
    assertGapless(events(id).stream().map(Event::number).toList());
  }

  @Test
  void an_artifact_that_is_too_large_fails_the_task_for_good() throws Exception {
    working(attempt -> {
      byte[] tooLarge = new byte[(int) Limits.DEFAULTS.maxArtifactBytes() + 1];
      return attempt.store("huge", "log", "text/plain", tooLarge).id().toString();
    });

    TaskId id = submittedNow();

    awaited(id, TaskStatus.FAILED);
    assertThat(error(id).code()).isEqualTo("artifact_size_exceeded");
    assertThat(store().artifacts().ofTask(id)).isEmpty();
  }

  @Test
  void what_an_attempt_spends_comes_from_the_budget_of_its_task() throws Exception {
    working(attempt -> {
      try (Reservation call = attempt.budget().reserve(tokens(800))) {
        call.settle(tokens(600));
      }
      return attempt.budget().reserve(tokens(500)).estimate().toString();
    });

    TaskId id = submittedNow();

    awaited(id, TaskStatus.FAILED);
    assertThat(error(id).code()).isEqualTo("budget_exceeded");
    assertThat(store().budgets().ofTask(id)).isEqualTo(new Account(tokens(600), Spending.NOTHING));
  }

  private static Spending tokens(long count) {
    return new Spending(count, new Money(0));
  }

  // --- failing

  @Test
  void a_task_that_always_fails_ends_when_its_retries_are_used_up() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    working(_ -> {
      throw new IllegalStateException("broken for the %dth time".formatted(runs.incrementAndGet()));
    });
    TaskId id = submittedNow();

    for (int failures = 1; failures <= task(id).maxRetries(); failures++) {
      awaitedAttempt(id, failures, TaskStatus.RETRYING);
      timePassesUntilDue(id);
    }

    awaited(id, TaskStatus.FAILED);
    assertThat(runs).hasValue(4);
    assertThat(error(id).code()).isEqualTo("handler_error");
    assertThat(error(id).message()).isEqualTo("broken for the 4th time");
    assertThat(store().tasks().attempts(id)).hasSize(4);
  }

  @Test
  void a_failure_that_no_repetition_can_mend_is_not_retried() throws Exception {
    working(_ -> {
      throw TaskFailure.permanent("no_such_page", "There is no such page.");
    });

    TaskId id = submittedNow();

    awaited(id, TaskStatus.FAILED);
    assertThat(error(id).code()).isEqualTo("no_such_page");
    assertThat(task(id).attempt()).isEqualTo(1);
  }

  @Test
  void a_busy_service_is_not_asked_again_before_the_time_it_named() throws Exception {
    Duration named = Duration.ofHours(1);
    working(_ -> {
      throw TaskFailure.busy("rate_limited", "Too many requests.", named);
    });

    Task retrying = awaited(submittedNow(), TaskStatus.RETRYING);

    assertThat(Duration.between(store().now(), retrying.dueAt()))
        .isGreaterThan(named.minus(store().precision()).minusSeconds(1));
  }

  @Test
  void even_an_error_of_the_virtual_machine_fails_only_its_attempt() throws Exception {
    working(attempt -> {
      if (attempt.number() == 1) {
        throw new StackOverflowError();
      }
      return "done";
    });

    TaskId id = submittedNow();
    awaited(id, TaskStatus.RETRYING);
    timePassesUntilDue(id);

    awaited(id, TaskStatus.COMPLETED);
  }

  @Test
  void parameters_that_the_handler_refuses_fail_the_task_for_good() throws Exception {
    working(_ -> {
      new InvalidParams.Check().that(false, "/url", "must be a URL").orThrow();
      return "never";
    });

    TaskId id = submittedNow();

    awaited(id, TaskStatus.FAILED);
    assertThat(error(id).code()).isEqualTo("task_rejected_invalid_params");
  }

  @Test
  void an_attempt_beyond_its_time_is_stopped_and_counts_as_failed() throws Exception {
    working(WorkerContract::waitForEver);
    NewTask task = TaskDraft.of(TYPE).timeout(Duration.ofSeconds(1)).task();
    store().tasks().submit(List.of(task));
    signals.work();

    awaited(task.id(), TaskStatus.RETRYING);

    assertThat(error(task.id()).code()).isEqualTo("task_runtime_exceeded");
  }

  // --- cancelling

  @Test
  void a_request_to_cancel_interrupts_the_handler() throws Exception {
    Semaphore began = new Semaphore(0);
    working(attempt -> {
      began.release();
      return waitForEver(attempt);
    });
    TaskId id = submittedNow();
    await(began);

    store().tasks().cancel(id);
    signals.cancelRequested();

    awaited(id, TaskStatus.CANCELLED);
    assertThat(lastEvent(id).type()).isEqualTo("cancelled");
  }

  @Test
  void a_handler_that_does_not_stop_is_abandoned_and_its_result_ignored() throws Exception {
    Semaphore began = new Semaphore(0);
    CountDownLatch release = new CountDownLatch(1);
    Semaphore returned = new Semaphore(0);
    working(
        config(1, SHORT, LONG),
        _ -> {
          began.release();
          waitUninterruptibly(release);
          returned.release();
          return "too late";
        });
    TaskId id = submittedNow();
    await(began);

    store().tasks().cancel(id);
    signals.cancelRequested();
    awaited(id, TaskStatus.CANCELLED);
    release.countDown();
    await(returned);
    workers.forEach(Worker::close);

    assertThat(status(id)).isEqualTo(TaskStatus.CANCELLED);
    assertThat(task(id).result()).isNull();
    assertThat(lastEvent(id).type()).isEqualTo("cancelled");
  }

  @Test
  void a_handler_that_does_not_stop_does_not_keep_the_next_task_from_running() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    Semaphore began = new Semaphore(0);
    CountDownLatch release = new CountDownLatch(1);
    Worker worker =
        working(
            config(1, SHORT, LONG),
            _ -> {
              if (runs.incrementAndGet() == 1) {
                began.release();
                waitUninterruptibly(release);
              }
              return "done";
            });
    try {
      TaskId stuck = submittedNow();
      await(began);

      store().tasks().cancel(stuck);
      signals.cancelRequested();

      awaited(stuck, TaskStatus.CANCELLED);
      awaited(submittedNow(), TaskStatus.COMPLETED);
      Instant before = Instant.now();
      worker.close();
      assertThat(Duration.between(before, Instant.now())).isLessThan(LONG.dividedBy(2));
    } finally {
      release.countDown();
    }
  }

  // --- errors of the store

  @Test
  void an_outcome_is_recorded_although_the_store_fails_once() throws Exception {
    AtomicInteger ends = new AtomicInteger();
    working(stumbling().refuses(_ -> ends.incrementAndGet() == 1), _ -> "done");

    TaskId id = submittedNow();

    assertThat(awaited(id, TaskStatus.COMPLETED).attempt()).isEqualTo(1);
    assertThat(ends).hasValue(2);
  }

  @Test
  void a_result_that_the_store_refuses_fails_the_attempt() throws Exception {
    working(stumbling().refuses(Outcome.Completed.class::isInstance), _ -> "refused");

    TaskId id = submittedNow();

    awaited(id, TaskStatus.RETRYING);
    assertThat(error(id).code()).isEqualTo("handler_error");
    assertThat(error(id).message()).contains("refused");
  }

  @Test
  void a_task_whose_outcome_the_store_refuses_whatever_it_is_runs_again() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    working(
        stumbling().refuses(outcome -> runs.get() == 1 && !(outcome instanceof Outcome.Released)),
        _ -> runs.incrementAndGet());

    TaskId id = submittedNow();

    assertThat(awaited(id, TaskStatus.COMPLETED).result()).isEqualTo("2");
    assertThat(eventTypes(id)).containsOnlyOnce("released");
  }

  @Test
  void a_lease_that_the_worker_never_heard_of_is_given_back_and_run() throws Exception {
    working(stumbling().losesAClaim(), _ -> "done");

    TaskId id = submittedNow();

    awaited(id, TaskStatus.COMPLETED);
    assertThat(eventTypes(id))
        .containsExactly("queued", "started", "released", "started", "completed");
  }

  // --- stopping

  @Test
  void a_worker_that_stops_lets_attempts_end_that_end_in_time() throws Exception {
    Semaphore began = new Semaphore(0);
    CountDownLatch release = new CountDownLatch(1);
    Worker worker =
        working(_ -> {
          began.release();
          release.await();
          return "in time";
        });
    TaskId id = submittedNow();
    await(began);

    Thread closing = Thread.ofVirtual().start(worker::close);
    release.countDown();
    closing.join();

    assertThat(status(id)).isEqualTo(TaskStatus.COMPLETED);
  }

  @Test
  void a_worker_that_stops_gives_the_rest_back_without_using_up_a_retry() throws Exception {
    Semaphore began = new Semaphore(0);
    Worker worker =
        working(
            config(1, LONG, Duration.ZERO),
            attempt -> {
              attempt.step("first", String.class, () -> "kept");
              began.release();
              return waitForEver(attempt);
            });
    TaskId id = submittedNow();
    await(began);

    worker.close();

    assertThat(status(id)).isEqualTo(TaskStatus.QUEUED);
    assertThat(lastEvent(id).type()).isEqualTo("released");
    working(attempt -> attempt.step("first", String.class, () -> "run again"));
    assertThat(awaited(id, TaskStatus.COMPLETED).result()).isEqualTo("\"kept\"");
  }

  @Test
  void a_stopped_worker_claims_nothing_more() throws Exception {
    Worker worker = working(_ -> "done");
    awaited(submittedNow(), TaskStatus.COMPLETED);

    worker.close();
    TaskId id = submittedNow();

    assertThat(worker.running()).isZero();
    assertThat(status(id)).isEqualTo(TaskStatus.QUEUED);
  }

  // --- losing the lease

  @Test
  void a_worker_that_was_declared_dead_starts_anew_and_its_old_results_are_refused()
      throws Exception {
    Map<Integer, Semaphore> mayEnd = Map.of(1, new Semaphore(0), 2, new Semaphore(1));
    Semaphore began = new Semaphore(0);
    working(attempt -> {
      began.release();
      Objects.requireNonNull(mayEnd.get(attempt.number())).acquireUninterruptibly();
      return "by attempt " + attempt.number();
    });
    TaskId id = submittedNow();
    await(began);

    store().timePasses(LONG.plusSeconds(1));
    rescue();
    awaitedAttempt(id, 2, TaskStatus.COMPLETED);
    Objects.requireNonNull(mayEnd.get(1)).release();
    workers.forEach(Worker::close);

    assertThat(task(id).result()).isEqualTo("\"by attempt 2\"");
    assertThat(eventTypes(id)).containsOnlyOnce("lost", "completed").endsWith("completed");
    assertThat(store().tasks().attempts(id))
        .extracting(AttemptRecord::number)
        .containsExactly(1, 2);
  }

  // --- quick tasks, which are held before they are leased

  @Test
  void quick_tasks_end_with_all_that_others_have() throws Exception {
    working(attempt -> Map.of("attempt", attempt.number()));
    quickens();

    List<TaskId> tasks = IntStream.range(0, 200).mapToObj(_ -> submittedNow()).toList();

    for (TaskId task : tasks) {
      Task ended = awaited(task, TaskStatus.COMPLETED);
      assertThat(object(ended.result())).isEqualTo(Map.of("attempt", 1));
      assertThat(eventTypes(task)).containsExactly("queued", "started", "completed");
      assertThat(store().tasks().attempts(task)).hasSize(1);
    }
  }

  @Test
  void a_task_that_is_slower_than_its_like_is_leased_while_it_runs() throws Exception {
    Semaphore go = new Semaphore(0);
    AtomicBoolean slow = new AtomicBoolean();
    working(attempt -> {
      if (slow.get()) {
        go.acquire();
      }
      return "done";
    });
    quickens();
    slow.set(true);

    TaskId id = submittedNow();
    awaited(id, TaskStatus.RUNNING);
    go.release();

    awaited(id, TaskStatus.COMPLETED);
    assertThat(eventTypes(id)).containsExactly("queued", "started", "completed");
  }

  @Test
  void a_quick_task_that_begins_a_step_says_so_under_a_lease() throws Exception {
    AtomicBoolean stepping = new AtomicBoolean();
    working(attempt -> {
      if (stepping.get()) {
        attempt.progress(50, "half");
        attempt.info("a line");
        return attempt.step("first", String.class, () -> "value");
      }
      return "done";
    });
    quickens();
    stepping.set(true);

    TaskId id = submittedNow();

    awaited(id, TaskStatus.COMPLETED);
    assertThat(eventTypes(id))
        .containsExactly(
            "queued", "started", "progress", "step_started", "step_completed", "completed");
    assertThat(store().history().log(id, 0, 10)).hasSize(1);
    assertThat(store().leases().steps(id)).containsOnlyKeys("first");
  }

  @Test
  void a_quick_task_that_fails_is_retried_and_another_one_ends() throws Exception {
    AtomicBoolean failing = new AtomicBoolean();
    working(attempt -> {
      if (failing.get() && attempt.number() == 1) {
        throw new IllegalStateException("not this time");
      }
      return "done";
    });
    quickens();
    failing.set(true);

    TaskId id = submittedNow();
    awaited(id, TaskStatus.RETRYING);
    timePassesUntilDue(id);

    awaited(id, TaskStatus.COMPLETED);
    assertThat(eventTypes(id))
        .containsExactly("queued", "started", "retrying", "started", "completed");
  }

  @Test
  void an_attempt_that_outlives_its_lost_hold_gives_its_slot_back() throws Exception {
    AtomicReference<Work> work = new AtomicReference<>(_ -> "quick");
    StumblingLeases leases = stumbling();
    working(leases, config(2, LONG, LONG), attempt -> work.get().run(attempt));
    quickens();
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicBoolean first = new AtomicBoolean(true);
    work.set(_ -> {
      if (first.getAndSet(false)) {
        outstay(mayEnd);
      }
      return "done";
    });

    leases.losesTheAnswerToAClaim();
    awaited(submittedNow(), TaskStatus.COMPLETED);
    mayEnd.countDown();

    CyclicBarrier bothRun = new CyclicBarrier(2);
    work.set(_ -> bothRun.await(PATIENCE_SECONDS, TimeUnit.SECONDS));
    List<TaskId> tasks = List.of(submittedNow(), submittedNow());
    for (TaskId task : tasks) {
      awaited(task, TaskStatus.COMPLETED);
    }
  }

  /// Goes on after an interrupt, which comes at once or never.
  private static void outstay(CountDownLatch mayEnd) {
    try {
      mayEnd.await(2, TimeUnit.SECONDS);
    } catch (InterruptedException _) {
      waitUninterruptibly(mayEnd);
    }
  }

  @Test
  void a_quick_task_is_not_lost_when_its_worker_drains() throws Exception {
    Worker worker = working(_ -> "done");
    quickens();
    List<TaskId> tasks = IntStream.range(0, 300).mapToObj(_ -> submitted(TYPE)).toList();
    signals.work();

    worker.close();
    working(_ -> "done");
    signals.work();

    for (TaskId task : tasks) {
      awaited(task, TaskStatus.COMPLETED);
      assertThat(eventTypes(task)).containsOnlyOnce("completed").endsWith("completed");
    }
  }

  /// Lets the workers see that tasks of the type are quick.
  private void quickens() throws Exception {
    List<TaskId> tasks = IntStream.range(0, 60).mapToObj(_ -> submittedNow()).toList();
    for (TaskId task : tasks) {
      awaited(task, TaskStatus.COMPLETED);
    }
  }

  // --- words of the tests

  private Worker working(Work work) {
    return working(config(10, LONG, LONG), work);
  }

  private StumblingLeases stumbling() {
    return new StumblingLeases(store().leases());
  }

  private Worker working(Leases leases, Work work) {
    return working(leases, config(10, LONG, LONG), work);
  }

  private Worker working(WorkerConfig config, Work work) {
    return working(store().leases(), config, work);
  }

  private Worker working(Leases leases, WorkerConfig config, Work work) {
    Artifacts artifacts =
        new Artifacts(
            store().artifacts(),
            new InMemoryArtifactStorage(),
            Limits.DEFAULTS,
            InstantSource.system());
    Worker worker =
        Worker.start(
            "worker",
            config,
            new WorkerContext(
                leases,
                new Handlers(List.of(new WorkHandler(work))),
                new PlainJson(),
                artifacts,
                store().budgets(),
                BUDGETS,
                signals,
                InstantSource.system()));
    workers.add(worker);
    return worker;
  }

  @AfterEach
  final void stopWorkers() {
    workers.forEach(Worker::close);
  }

  private static WorkerConfig config(int concurrency, Duration grace, Duration drainFor) {
    return new WorkerConfig(concurrency, LONG, grace, drainFor);
  }

  private TaskId submittedNow() {
    TaskId id = submitted(TYPE);
    signals.work();
    return id;
  }

  private void timePassesUntilDue(TaskId id) {
    store().timePasses(Duration.between(store().now(), task(id).dueAt()).plusSeconds(1));
    signals.work();
  }

  private Task awaited(TaskId id, TaskStatus status) throws InterruptedException {
    return awaitedAttempt(id, 0, status);
  }

  /// Waits until the task has this status, in this attempt or a later one.
  private Task awaitedAttempt(TaskId id, int attempt, TaskStatus status)
      throws InterruptedException {
    Semaphore changes = new Semaphore(1);
    try (Subscription _ = signals.onChange(id, changes::release)) {
      while (changes.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        Task task = task(id);
        if (task.status() == status && task.attempt() >= attempt) {
          return task;
        }
      }
    }
    throw new AssertionError("Not %s but %s, %s".formatted(status, task(id), eventTypes(id)));
  }

  private static void await(Semaphore signal) throws InterruptedException {
    assertThat(signal.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
  }

  private static Object waitForEver(Attempt attempt) throws InterruptedException {
    new Semaphore(0).acquire();
    throw new AssertionError("attempt " + attempt.number() + " goes on");
  }

  private static void waitUninterruptibly(CountDownLatch latch) {
    while (latch.getCount() > 0) {
      try {
        latch.await();
      } catch (InterruptedException _) {
        // That is the point.
      }
    }
  }

  private record WorkHandler(Work work) implements Handler<Object> {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Class<Object> paramsType() {
      return Object.class;
    }

    @Override
    public Object handle(Object params, Attempt attempt) throws Exception {
      return work.run(attempt);
    }
  }

  private static final class PlainJson implements Json {
    private static final JsonMapper MAPPER = new JsonMapper();

    @Override
    public <T> T read(String json, Class<T> type) {
      return MAPPER.readValue(json, type);
    }

    @Override
    public String write(Object value) {
      return MAPPER.writeValueAsString(value);
    }
  }
}
