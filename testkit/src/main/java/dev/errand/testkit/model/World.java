package dev.errand.testkit.model;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.lease.LogLine.Level;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.NewTask.Due;
import dev.errand.engine.task.TaskFilter;
import dev.errand.testkit.contract.StoreUnderTest;
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
import java.util.function.Consumer;
import java.util.function.Function;

/// The store under test and the reference, to which the same things happen.
final class World implements AutoCloseable {
  private static final int EVERYTHING = 100_000;
  private static final int LATELY = 20;

  private final Sides sides;
  private final Names names = new Names();
  private final Workers workers;
  private final SequencedSet<TaskRef> changed = new LinkedHashSet<>();

  World(StoreUnderTest subject) {
    this.sides = new Sides(subject);
    this.workers = new Workers(sides, names);
  }

  /// Does `operation` to both.
  ///
  /// @return how they differ after it; nothing when they agree
  List<String> run(Operation operation) {
    sides.keepPace();
    Comparison comparison = sides.comparison();
    try {
      perform(operation, comparison);
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
      case Operation.Submit(var tasks) -> submit(tasks, comparison);
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
        write(ref, comparison, (side, lease) -> side.leases().end(lease, outcome));
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
  private void submit(List<Submission> asked, Comparison comparison) {
    List<Submission> submissions = asked.stream().filter(one -> !hasEnded(one.task())).toList();
    var answers =
        sides.both(
            side -> side.tasks().submit(submissions.stream().map(one -> task(one, side)).toList()));
    comparison.sameAnswers(answers);
    submissions.forEach(one -> changed(one.task(), comparison));
  }

  private boolean hasEnded(TaskRef task) {
    return sides.reference().tasks().find(names.task(task)).stream()
        .anyMatch(known -> known.status().terminal());
  }

  private NewTask task(Submission submission, Side side) {
    return draft(submission.draft(), side).task(names.task(submission.task()));
  }

  private static TaskDraft draft(TaskDraft draft, Side side) {
    return switch (draft.due()) {
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

  private void change(TaskRef task, Comparison comparison, Function<Side, ?> change) {
    comparison.same("the answer", sides.both(change::apply));
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
    workers
        .underLease(ref, write)
        .ifPresent(answers -> {
          comparison.same("the answer", answers);
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
    comparison.same("the answer", sides.both(side -> side.leases().rescue()));
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

  private void compareTask(TaskRef task, Comparison comparison) {
    comparison.sameTasks(
        task + " found", sides.both(side -> side.tasks().find(names.task(task)).stream().toList()));
  }

  private void compareEverything(TaskRef task, Comparison comparison) {
    compareTask(task, comparison);
    compareEvents(task, 0, EVERYTHING, comparison);
    compareLog(task, 0, EVERYTHING, comparison);
    comparison.sameAttempts(
        task + " attempt", sides.both(side -> side.tasks().attempts(names.task(task))));
    comparison.sameStepValues(
        task + " step", sides.both(side -> side.leases().steps(names.task(task))));
    comparison.sameArtifacts(
        task + " artifact", sides.both(side -> side.artifacts().ofTask(names.task(task))));
  }

  private void compareEvents(TaskRef task, long after, int limit, Comparison comparison) {
    comparison.sameEvents(
        task + " event", sides.both(side -> side.history().events(names.task(task), after, limit)));
  }

  private void compareLog(TaskRef task, long after, int limit, Comparison comparison) {
    comparison.sameLog(
        task + " line", sides.both(side -> side.history().log(names.task(task), after, limit)));
  }
}
