package dev.errand.testkit.model;

import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.queue.Queue.Limit;
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

  record Submit(List<Submission> tasks) implements Operation {}

  /// @param draft its [dev.errand.engine.task.NewTask.Due.At] counts from the epoch as if the epoch
  ///   were the present
  record Submission(TaskRef task, TaskDraft draft) {
    @Override
    public String toString() {
      return "%s: %s of %s in %s, %s, %s, %s, tags %s, %s"
          .formatted(
              task,
              draft.type(),
              draft.owner(),
              draft.queue(),
              draft.concurrencyKey() == null ? "free" : draft.concurrencyKey(),
              draft.priority(),
              draft.due(),
              draft.tags(),
              draft.idempotency() == null ? "no key" : draft.idempotency());
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

  record Heartbeat(int worker) implements Operation {}

  record CancelRequests(int worker) implements Operation {}

  record Append(LeaseRef lease, List<NewEvent> events) implements Operation {}

  record WriteLog(LeaseRef lease, List<String> lines) implements Operation {}

  record FinishStep(LeaseRef lease, String step, String value) implements Operation {}

  record PutArtifact(LeaseRef lease, ArtifactDraft artifact) implements Operation {}

  record End(LeaseRef lease, Outcome outcome) implements Operation {}

  // --- what operators do

  record Pause(String queue) implements Operation {}

  record Resume(String queue) implements Operation {}

  record LimitQueue(String queue, Limit limit) implements Operation {}

  record Queues() implements Operation {}

  // --- what happens by itself

  record Rescue() implements Operation {}

  record TimePasses(Duration time) implements Operation {}

  /// Compares all that can be seen of some tasks.
  record Compare(List<TaskRef> tasks) implements Operation {}

  /// A lease that was once given for a task.
  ///
  /// @param age 0 is the latest, 1 the one before
  record LeaseRef(TaskRef task, int age) {}

  /// @param number names the artifact's id
  record ArtifactDraft(int number, String type, String name, long size) {}

  /// This operation with one part less, for each of its parts; nothing when it has only one.
  default List<Operation> smaller() {
    return switch (this) {
      case Submit(var tasks) ->
          withoutOne(tasks).map(fewer -> (Operation) new Submit(fewer)).toList();
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
      case Submit(var submitted) -> {
        var kept = submitted.stream().filter(one -> tasks.contains(one.task())).toList();
        yield kept.isEmpty() ? null : new Submit(kept);
      }
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
