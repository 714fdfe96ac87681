package dev.errand.testkit.model;

import dev.errand.engine.budget.Spending;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.queue.Queue.Limit;
import dev.errand.engine.retention.Retention;
import dev.errand.engine.schedule.TaskTemplate;
import dev.errand.engine.schedule.Timing;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskStatus;
import dev.errand.testkit.contract.TaskDraft;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Something to do to both stores. Operations name tasks, workers and leases by numbers, so that a
/// list of them can be replayed on new stores, whole or in part; what a number stands for may not
/// exist then, and the operation does nothing.
sealed interface Operation {

  // --- what callers do

  /// @param batch the batch that the tasks are, absent when each is for itself
  record Submit(List<Submission> tasks, @Nullable Integer batch) implements Operation {}

  /// @param draft its [dev.errand.engine.task.NewTask.Due.At] counts from the epoch as if the epoch
  ///   were the present
  record Submission(TaskRef task, TaskDraft draft) {
    @Override
    public String toString() {
      NewTask task = draft.task();
      return "%s: %s of %s in %s, %s, %s, %s, tags %s, %s"
          .formatted(
              this.task,
              task.type(),
              task.owner(),
              task.queue(),
              task.concurrencyKey() == null ? "free" : task.concurrencyKey(),
              task.priority(),
              task.due(),
              task.tags(),
              task.idempotency() == null ? "no key" : task.idempotency());
    }
  }

  record Find(TaskRef task) implements Operation {}

  record ListTasks(
      @Nullable String owner,
      @Nullable TaskStatus status,
      @Nullable String type,
      @Nullable String tag,
      @Nullable String text,
      @Nullable TaskRef before,
      int limit)
      implements Operation {}

  record FindBatch(int batch) implements Operation {}

  record ListDeadLetters(
      @Nullable String owner, @Nullable String type, @Nullable TaskRef before, int limit)
      implements Operation {}

  record RetryFailed(List<TaskRef> tasks, @Nullable String owner) implements Operation {}

  record LookAhead(TaskRef task) implements Operation {}

  record TakeRate(String owner, int need, int block) implements Operation {}

  record Cancel(TaskRef task) implements Operation {}

  record Retry(TaskRef task) implements Operation {}

  record ReadEvents(TaskRef task, long after, int limit) implements Operation {}

  record ReadLog(TaskRef task, long after, int limit) implements Operation {}

  record AddArtifact(TaskRef task, ArtifactDraft artifact) implements Operation {}

  record FindArtifact(int artifact) implements Operation {}

  // --- what workers do

  record Open(int worker, List<String> types, Duration leaseFor) implements Operation {}

  record Close(int worker) implements Operation {}

  record Claim(int worker, int limit) implements Operation {}

  /// Holds tasks, completes some of them, keeps some and lets go of the others.
  record Serve(int worker, int limit) implements Operation {}

  /// Holds tasks and goes on holding them.
  record TakeHold(int worker, int limit) implements Operation {}

  /// Completes every second of the held tasks, leases every fourth and lets go of the others.
  record SettleHold(int worker) implements Operation {}

  record DropHold(int worker) implements Operation {}

  /// The worker dies, or its connections are cut, which is the same until it is heard of again.
  record Cut(int worker) implements Operation {}

  record Heartbeat(int worker) implements Operation {}

  record CancelRequests(int worker) implements Operation {}

  record Append(LeaseRef lease, List<NewEvent> events) implements Operation {}

  record WriteLog(LeaseRef lease, List<String> lines) implements Operation {}

  record FinishStep(LeaseRef lease, String step, String value) implements Operation {}

  record PutArtifact(LeaseRef lease, ArtifactDraft artifact) implements Operation {}

  record End(LeaseRef lease, Outcome outcome) implements Operation {}

  record Reserve(LeaseRef lease, int reservation, Spending estimate) implements Operation {}

  record Settle(int reservation, Spending actual) implements Operation {}

  record SettleAbandoned() implements Operation {}

  record SeeSpending(TaskRef task, String owner) implements Operation {}

  // --- what schedules do

  record AddSchedule(int schedule, String owner, Timing timing, TaskTemplate task)
      implements Operation {}

  /// @param timing absent for a pause or the end of one
  /// @param stale whether somebody else has changed it meanwhile
  record ChangeSchedule(int schedule, @Nullable Timing timing, boolean stale)
      implements Operation {}

  record DeleteSchedule(int schedule) implements Operation {}

  record Trigger(int schedule, TaskRef task) implements Operation {}

  record Fire() implements Operation {}

  // --- what operators do

  record Pause(String queue) implements Operation {}

  record Resume(String queue) implements Operation {}

  record LimitQueue(String queue, Limit limit) implements Operation {}

  record Queues() implements Operation {}

  record Workers() implements Operation {}

  record Prune(Retention retention) implements Operation {}

  // --- what happens by itself

  record Rescue() implements Operation {}

  /// @param time less than nothing when the clock is set back
  record TimePasses(Duration time) implements Operation {}

  /// `inner`, in which the store's process dies.
  ///
  /// @param statement the one at which it dies, if there are so many
  /// @param done whether the store does what that says all the same
  record Crash(Operation inner, int statement, boolean done) implements Operation {}

  /// Compares all that can be seen of some tasks.
  record Compare(List<TaskRef> tasks) implements Operation {}

  /// A lease that was once given for a task.
  ///
  /// @param age 0 is the latest, 1 the one before
  record LeaseRef(TaskRef task, int age) {}

  /// @param number names the artifact's id
  record ArtifactDraft(int number, String type, String name, long size) {}

  /// Whether who gets no answer makes it again: it is then done once.
  default boolean repeatable() {
    return switch (this) {
      case Claim _, Serve _, Open _, TakeRate _, Cut _, DropHold _, TimePasses _, Crash _ -> false;
      default -> true;
    };
  }

  /// This operation with one part less, for each of its parts; nothing when it has only one.
  default List<Operation> smaller() {
    return switch (this) {
      case Submit(var tasks, var batch) ->
          withoutOne(tasks).map(fewer -> (Operation) new Submit(fewer, batch)).toList();
      case RetryFailed(var tasks, var owner) ->
          withoutOne(tasks).map(fewer -> (Operation) new RetryFailed(fewer, owner)).toList();
      case Crash(var inner, _, _) -> List.of(inner);
      case Append(var lease, var events) ->
          withoutOne(events).map(fewer -> (Operation) new Append(lease, fewer)).toList();
      default -> List.of();
    };
  }

  private static <T> Stream<List<T>> withoutOne(List<T> parts) {
    return parts.size() < 2
        ? Stream.empty()
        : IntStream.range(0, parts.size())
            .mapToObj(left -> {
              List<T> fewer = new ArrayList<>(parts);
              fewer.remove(left);
              return List.copyOf(fewer);
            });
  }

  /// This operation as far as it has to do with some of `tasks`, or null when it has not.
  default @Nullable Operation about(Set<TaskRef> tasks) {
    return switch (this) {
      case Submit(var submitted, var batch) -> {
        var kept = submitted.stream().filter(one -> tasks.contains(one.task())).toList();
        yield kept.isEmpty() ? null : new Submit(kept, batch);
      }
      case Crash(var inner, var statement, var done) -> {
        Operation kept = inner.about(tasks);
        yield kept == null ? null : new Crash(kept, statement, done);
      }
      case LookAhead(var task) -> tasks.contains(task) ? this : null;
      case SeeSpending(var task, _) -> tasks.contains(task) ? this : null;
      case Compare(var compared) -> new Compare(compared.stream().filter(tasks::contains).toList());
      case Find(var task) -> tasks.contains(task) ? this : null;
      case Cancel(var task) -> tasks.contains(task) ? this : null;
      case Retry(var task) -> tasks.contains(task) ? this : null;
      case ReadEvents(var task, _, _) -> tasks.contains(task) ? this : null;
      case ReadLog(var task, _, _) -> tasks.contains(task) ? this : null;
      case AddArtifact(var task, _) -> tasks.contains(task) ? this : null;
      case Append(var lease, _) -> tasks.contains(lease.task()) ? this : null;
      case WriteLog(var lease, _) -> tasks.contains(lease.task()) ? this : null;
      case FinishStep(var lease, _, _) -> tasks.contains(lease.task()) ? this : null;
      case PutArtifact(var lease, _) -> tasks.contains(lease.task()) ? this : null;
      case End(var lease, _) -> tasks.contains(lease.task()) ? this : null;
      case ListTasks _,
          FindBatch _,
          ListDeadLetters _,
          RetryFailed _,
          TakeRate _,
          TakeHold _,
          SettleHold _,
          DropHold _,
          Cut _,
          Reserve _,
          Settle _,
          SettleAbandoned _,
          AddSchedule _,
          ChangeSchedule _,
          DeleteSchedule _,
          Trigger _,
          Fire _,
          Workers _,
          Prune _,
          FindArtifact _,
          Open _,
          Close _,
          Claim _,
          Serve _,
          Pause _,
          Resume _,
          LimitQueue _,
          Queues _,
          Heartbeat _,
          CancelRequests _,
          Rescue _,
          TimePasses _ ->
          this;
    };
  }
}
