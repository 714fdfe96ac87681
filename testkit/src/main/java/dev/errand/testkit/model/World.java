package dev.errand.testkit.model;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.budget.Money;
import dev.errand.engine.budget.Spending;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.LogLine.Level;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.lease.Rescued;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.retention.RetentionStore.Extent;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore.DeadLetterFilter;
import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.model.Operation.ArtifactDraft;
import dev.errand.testkit.model.Operation.LeaseRef;
import dev.errand.testkit.model.Operation.Submission;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.SequencedSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The store under test and the reference, to which the same things happen.
final class World implements AutoCloseable {
  private static final int EVERYTHING = 100_000;
  private static final int LATELY = 20;
  private static final int TASKS_PER_MINUTE = 20;

  private static final TaskFilter EVERY_TASK =
      new TaskFilter(null, null, null, null, null, null, EVERYTHING);

  private static final BudgetLimits BUDGETS =
      new BudgetLimits(
          new Allowance(200L, new Money(500)),
          new Allowance(1_000L, null),
          new Allowance(1_500L, null));

  private final Sides sides;
  private final Names names = new Names();
  private final Workers workers;
  private final Timetable timetable;
  private final SequencedSet<TaskRef> changed = new LinkedHashSet<>();

  World(ModelledStore subject) {
    this.sides = new Sides(subject);
    this.workers = new Workers(sides, names);
    this.timetable = new Timetable(sides, names);
  }

  /// Does `operation` to both.
  ///
  /// @return how they differ after it; nothing when they agree
  List<String> run(Operation operation) {
    sides.keepPace();
    Comparison comparison = sides.comparison();
    try {
      perform(operation, comparison);
      comparison.add(sides.torn());
    } catch (SubjectFailed e) {
      return List.of(names.readable("It threw " + e.getCause()));
    }
    return comparison.differences().stream().map(names::readable).toList();
  }

  /// The tasks that a worker holds now.
  List<TaskRef> running() {
    return List.copyOf(workers.running());
  }

  /// The tasks to which something happened last.
  List<TaskRef> changedLately() {
    return List.copyOf(changed);
  }

  @Override
  public void close() {
    workers.close();
  }

  private void perform(Operation operation, Comparison comparison) {
    switch (operation) {
      case Operation.Crash crash -> {
        sides.crash(crash);
        perform(crash.inner(), comparison);
      }
      case Operation.Submit(var tasks, var batch) -> submit(tasks, batch, comparison);
      case Operation.FindBatch(var batch) -> compareBatch(batch, comparison);
      case Operation.ListDeadLetters(var owner, var type, var before, var limit) ->
          comparison.sameTasks(
              "dead letters",
              sides.both(side ->
                  side.tasks()
                      .deadLetters(
                          new DeadLetterFilter(
                              owner, type, before == null ? null : names.task(before)),
                          limit)));
      case Operation.RetryFailed(var tasks, var owner) -> retryFailed(tasks, owner, comparison);
      case Operation.LookAhead(var task) ->
          comparison.sameOutlooks(
              task + " outlook",
              sides.both(side -> side.tasks().outlook(names.task(task)).stream().toList()));
      case Operation.TakeRate(var owner, var need, var block) ->
          comparison.sameGrants(
              "the grant",
              sides.both(side -> side.rates().take(owner, need, block, TASKS_PER_MINUTE)));
      case Operation.Find(var task) -> compareTask(task, comparison);
      case Operation.ListTasks list ->
          comparison.sameTasks("list", sides.both(side -> side.tasks().list(filter(list))));
      case Operation.Cancel(var task) ->
          change(task, comparison, side -> side.tasks().cancel(names.task(task)));
      case Operation.Retry(var task) ->
          change(task, comparison, side -> side.tasks().retry(names.task(task)));
      case Operation.ReadEvents(var task, var after, var limit) ->
          compareEvents(task, after, limit, comparison);
      case Operation.ReadLog(var task, var after, var limit) ->
          compareLog(task, after, limit, comparison);
      case Operation.AddArtifact(var task, var draft) -> addArtifact(task, draft);
      case Operation.FindArtifact(var number) ->
          comparison.sameArtifacts(
              "artifact",
              sides.both(side -> side.artifacts().find(names.artifact(number)).stream().toList()));
      case Operation.Open open -> workers.open(open);
      case Operation.Close(var worker) -> workers.close(worker);
      case Operation.Claim(var worker, var limit) ->
          workers.claim(worker, limit, comparison).forEach(task -> changed(task, comparison));
      case Operation.Serve(var worker, var limit) -> {
        workers.serve(worker, limit, comparison).forEach(task -> changed(task, comparison));
        workers.settle();
      }
      case Operation.TakeHold(var worker, var limit) -> workers.takeHold(worker, limit, comparison);
      case Operation.SettleHold(var worker) -> settleHold(worker, comparison);
      case Operation.DropHold(var worker) -> workers.dropHold(worker);
      case Operation.Cut(var worker) -> workers.cut(worker);
      case Operation.Workers() ->
          comparison.sameWorkers("worker", sides.both(side -> side.workers().all()));
      case Operation.Reserve(var ref, var reservation, var estimate) ->
          reserve(ref, reservation, estimate, comparison);
      case Operation.Settle(var reservation, var actual) ->
          sides.both(side -> {
            side.budgets().settle(names.reservation(reservation), actual);
            return actual;
          });
      case Operation.SettleAbandoned() -> settleAbandoned(comparison);
      case Operation.SeeSpending(var task, var owner) -> compareSpending(task, owner, comparison);
      case Operation.AddSchedule add -> timetable.add(add, comparison);
      case Operation.ChangeSchedule(var schedule, var timing, var stale) ->
          timetable.replace(schedule, timing, stale, comparison);
      case Operation.DeleteSchedule(var schedule) -> timetable.delete(schedule, comparison);
      case Operation.Trigger(var schedule, var task) ->
          timetable.trigger(schedule, task, comparison);
      case Operation.Fire() -> {
        for (TaskRef task : timetable.fire(comparison)) {
          changed(task, comparison);
        }
      }
      case Operation.Prune(var retention) -> prune(retention, comparison);
      case Operation.Pause(var queue) -> decide(side -> side.queues().pause(queue));
      case Operation.Resume(var queue) -> decide(side -> side.queues().resume(queue));
      case Operation.LimitQueue(var queue, var limit) ->
          decide(side -> side.queues().limit(queue, limit));
      case Operation.Queues() -> comparison.same("queues", sides.both(side -> side.queues().all()));
      case Operation.Heartbeat(var worker) -> workers.heartbeat(worker, comparison);
      case Operation.CancelRequests(var worker) -> workers.cancelRequests(worker, comparison);
      case Operation.Append(var ref, var events) ->
          write(ref, comparison, (side, lease) -> side.leases().append(lease, events));
      case Operation.WriteLog(var ref, var lines) ->
          write(ref, comparison, (side, lease) -> side.leases().log(lease, lines(lines, side)));
      case Operation.FinishStep(var ref, var step, var value) ->
          write(ref, comparison, (side, lease) -> side.leases().finishStep(lease, step, value));
      case Operation.PutArtifact(var ref, var draft) -> putArtifact(ref, draft, comparison);
      case Operation.End(var ref, var outcome) -> {
        end(ref, outcome, comparison);
        workers.settle();
      }
      case Operation.Rescue() -> rescue(comparison);
      case Operation.TimePasses(var time) -> sides.timePasses(time);
      case Operation.Compare(var tasks) ->
          tasks.forEach(task -> compareEverything(task, comparison));
    }
  }

  // --- callers

  /// A submission is repeated only by who heard no answer: its task has not ended by then.
  private void submit(List<Submission> asked, @Nullable Integer batch, Comparison comparison) {
    List<Submission> submissions = asked.stream().filter(one -> !hasEnded(one.task())).toList();
    watch(submissions.stream().map(Submission::task).toList());
    var answers =
        sides.both(side ->
            side.tasks().submit(submissions.stream().map(one -> task(one, batch, side)).toList()));
    comparison.sameAnswers(answers);
    submissions.forEach(one -> changed(one.task(), comparison));
    if (batch != null) {
      compareBatch(batch, comparison);
    }
  }

  private void compareBatch(int number, Comparison comparison) {
    comparison.same("b" + number, sides.both(side -> side.tasks().batch(names.batch(number))));
    comparison.same(
        "tasks of b" + number, sides.both(side -> side.tasks().inBatch(names.batch(number))));
  }

  private void retryFailed(List<TaskRef> tasks, @Nullable String owner, Comparison comparison) {
    watch(tasks);
    Both<Set<TaskId>> answers =
        sides.bothOnce(side ->
            Set.copyOf(side.tasks().retryFailed(tasks.stream().map(names::task).toList(), owner)));
    comparison.same("the answer", answers);
    tasks.forEach(task -> changed(task, comparison));
  }

  // --- money

  private void reserve(LeaseRef ref, int number, Spending estimate, Comparison comparison) {
    workers
        .lease(ref)
        .ifPresent(lease -> {
          sides.watch(seen -> compareSpending(ref.task(), lease.reference().owner(), seen));
          comparison.sameReservations(
              "the answer",
              sides.both(side ->
                  side.budgets()
                      .reserve(
                          new Budgets.Request(
                              names.reservation(number), side.own(lease), estimate, BUDGETS))));
          compareSpending(ref.task(), lease.reference().owner(), comparison);
        });
  }

  private void settleAbandoned(Comparison comparison) {
    Both<Integer> answers = sides.both(side -> side.budgets().settleAbandoned());
    if (!sides.repeated()) {
      comparison.same("the answer", answers);
    }
  }

  private void compareSpending(TaskRef task, String owner, Comparison comparison) {
    comparison.same(task + " spending", asked(side -> side.budgets().ofTask(names.task(task))));
    comparison.same(owner + " spending", asked(side -> side.budgets().today(owner)));
  }

  // --- what is over

  /// What is lost to nobody is settled first: nothing of a task that goes is left open.
  private void prune(Retention retention, Comparison comparison) {
    sides.both(side -> side.budgets().settleAbandoned());
    sides.both(side -> {
      try {
        return side.retention().prune(retention, Extent.ALL).isPresent();
      } catch (InterruptedException e) {
        throw new IllegalStateException("Nobody interrupts a model test", e);
      }
    });
    changedLately().forEach(task -> compareEverything(task, comparison));
    comparison.sameTasks("list", sides.both(side -> side.tasks().list(EVERY_TASK)));
  }

  private void settleHold(int worker, Comparison comparison) {
    Set<TaskRef> held = workers.heldBy(worker);
    workers
        .settleHold(worker, seen -> held.forEach(task -> compareEverything(task, seen)), comparison)
        .forEach(this::remember);
    workers.settle();
  }

  private boolean hasEnded(TaskRef task) {
    return sides.reference().tasks().find(names.task(task)).stream()
        .anyMatch(known -> known.status().terminal());
  }

  private NewTask task(Submission submission, @Nullable Integer batch, Side side) {
    TaskDraft draft = draft(submission.draft(), side);
    return (batch == null ? draft : draft.batch(names.batch(batch)))
        .task(names.task(submission.task()));
  }

  private static TaskDraft draft(TaskDraft draft, Side side) {
    return switch (draft.task().due()) {
      case Due.At(var moment) -> draft.at(side.now().plus(Duration.between(Instant.EPOCH, moment)));
      case Due.Now _, Due.After _ -> draft;
    };
  }

  private TaskFilter filter(Operation.ListTasks list) {
    return new TaskFilter(
        list.owner(),
        list.status(),
        list.type(),
        list.tag(),
        list.text(),
        list.before() == null ? null : names.task(list.before()),
        list.limit());
  }

  private <T> void change(TaskRef task, Comparison comparison, Function<Side, T> change) {
    if (!sides.free(names.task(task))) {
      return; // it would wait for the end of the hold
    }
    watch(List.of(task));
    comparison.same("the answer", sides.bothOnce(change));
    changed(task, comparison);
    workers.settle();
  }

  private void addArtifact(TaskRef task, ArtifactDraft draft) {
    sides.both(side -> {
      side.artifacts().add(artifact(task, draft, side));
      return draft;
    });
    remember(task);
  }

  private Artifact artifact(TaskRef task, ArtifactDraft draft, Side side) {
    return new Artifact(
        names.artifact(draft.number()),
        names.task(task),
        "ada",
        draft.name(),
        draft.type(),
        "text/plain; size=" + draft.size(),
        draft.size(),
        "%064x".formatted(draft.size()),
        side.now().truncatedTo(ChronoUnit.MICROS));
  }

  private void decide(Consumer<Side> decision) {
    sides.both(side -> {
      decision.accept(side);
      return side;
    });
  }

  // --- workers

  private void write(LeaseRef ref, Comparison comparison, Workers.Write<Boolean> write) {
    watchWrite(ref.task());
    workers
        .underLease(ref, write)
        .ifPresent(answers -> {
          comparison.same("the answer", answers);
          changed(ref.task(), comparison);
        });
  }

  /// Who makes a write again first waits for whoever holds the task.
  private void watchWrite(TaskRef task) {
    if (!sides.free(names.task(task))) {
      sides.spare();
    }
    watch(List.of(task));
  }

  /// An end that is said again may be taken for the one by which the attempt ended long ago.
  private void end(LeaseRef ref, Outcome outcome, Comparison comparison) {
    watchWrite(ref.task());
    workers
        .underLease(ref, (side, lease) -> side.leases().end(lease, outcome))
        .ifPresent(answers -> {
          if (!sides.repeated() || answers.reference()) {
            comparison.same("the answer", answers);
          }
          changed(ref.task(), comparison);
        });
  }

  private static List<LogLine> lines(List<String> lines, Side side) {
    Instant now = side.now().truncatedTo(ChronoUnit.MICROS);
    return lines.stream().map(line -> new LogLine(now, Level.INFO, line)).toList();
  }

  private void putArtifact(LeaseRef ref, ArtifactDraft draft, Comparison comparison) {
    workers
        .underLease(
            ref,
            (side, lease) ->
                side.artifacts().put(lease, artifact(ref.task(), draft, side)).stream().toList())
        .ifPresent(answers -> {
          comparison.sameArtifacts("the answer", answers);
          remember(ref.task());
        });
  }

  private void rescue(Comparison comparison) {
    List<TaskRef> before = running();
    Both<Rescued> rescued = sides.both(side -> side.leases().rescue());
    if (!sides.repeated()) {
      comparison.same("put back", rescued.map(Rescued::requeued));
      comparison.same("ended", rescued.map(answer -> Set.copyOf(answer.ended())));
    }
    workers.settle();
    before.stream()
        .filter(task -> !workers.running().contains(task))
        .forEach(task -> changed(task, comparison));
  }

  // --- what can be seen

  private void changed(TaskRef task, Comparison comparison) {
    remember(task);
    compareTask(task, comparison);
  }

  private void remember(TaskRef task) {
    changed.addLast(task);
    if (changed.size() > LATELY) {
      changed.removeFirst();
    }
  }

  /// What the next call may change all of or nothing.
  private void watch(List<TaskRef> tasks) {
    sides.watch(seen -> tasks.forEach(task -> compareEverything(task, seen)));
  }

  /// Asks both without further ado.
  private <T> Both<T> asked(Function<Side, T> question) {
    return new Both<>(sides.onSubject(question), question.apply(sides.reference()));
  }

  private void compareTask(TaskRef task, Comparison comparison) {
    comparison.sameTasks(
        task + " found", asked(side -> side.tasks().find(names.task(task)).stream().toList()));
  }

  private void compareEverything(TaskRef task, Comparison comparison) {
    compareTask(task, comparison);
    compareEvents(task, 0, EVERYTHING, comparison);
    compareLog(task, 0, EVERYTHING, comparison);
    comparison.sameAttempts(
        task + " attempt", asked(side -> side.tasks().attempts(names.task(task))));
    comparison.sameStepValues(task + " step", asked(side -> side.leases().steps(names.task(task))));
    comparison.sameArtifacts(
        task + " artifact", asked(side -> side.artifacts().ofTask(names.task(task))));
  }

  private void compareEvents(TaskRef task, long after, int limit, Comparison comparison) {
    comparison.sameEvents(
        task + " event", asked(side -> side.history().events(names.task(task), after, limit)));
  }

  private void compareLog(TaskRef task, long after, int limit, Comparison comparison) {
    comparison.sameLog(
        task + " line", asked(side -> side.history().log(names.task(task), after, limit)));
  }
}
