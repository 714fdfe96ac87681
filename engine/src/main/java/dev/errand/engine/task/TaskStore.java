package dev.errand.engine.task;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Where tasks are kept. Thread-safe; every method may block and may throw [StoreUnavailable].
public interface TaskStore {

  /// Stores all of `tasks` or none. When this returns they are durable.
  ///
  /// A task whose idempotency key its owner has used before is not stored; the answer for it says
  /// what the key stands for. Tasks of one batch stay together: where the key of one of them had
  /// been used, none is stored, and each is answered with what that key stands for.
  ///
  /// @return one answer for each task, in the same order
  List<Submitted> submit(List<NewTask> tasks);

  Optional<Task> find(TaskId id);

  /// Why a task does not run yet and how long it may take; empty for one that has ended or that
  /// nobody submitted. Takes a few milliseconds: for one task, not for lists.
  ///
  /// What it takes is the median over the last 50 completed ones of its type, looked for among the
  /// last 1,000 tasks of its owner that ended.
  Optional<Outlook> outlook(TaskId id);

  /// One page of tasks, newest first.
  List<Task> list(TaskFilter filter);

  /// How the tasks of a batch stand; empty when there is none of that id.
  Optional<Batch> batch(UUID id);

  /// The tasks of a batch in the order of their ids.
  List<TaskId> inBatch(UUID id);

  /// Ends a waiting task at once; asks the worker of a running one to stop.
  Cancelled cancel(TaskId id);

  /// Fails tasks that nobody has started in the time their callers gave them. Costs next to nothing
  /// when there are none.
  ///
  /// @param limit how many at most
  List<Expired> expire(int limit);

  /// Puts a failed or cancelled task back in its queue with its finished steps and a fresh count of
  /// retries, and from now on without a time by which it must have been started.
  Retried retry(TaskId id);

  /// One page of the tasks that failed, newest first.
  ///
  /// @param limit 1 to 1,000
  List<Task> deadLetters(DeadLetterFilter filter, int limit);

  /// Puts those of `ids` that failed back in their queues, as [#retry] does, in one transaction.
  ///
  /// @param owner whose tasks it is about, absent for everybody's
  /// @return those that were put back
  List<TaskId> retryFailed(List<TaskId> ids, @Nullable String owner);

  /// Every attempt of a task, oldest first, the running one included.
  List<AttemptRecord> attempts(TaskId id);

  /// Which failed tasks; an absent criterion lets every one through.
  ///
  /// @param before only tasks submitted before this one
  record DeadLetterFilter(@Nullable String owner, @Nullable String type, @Nullable TaskId before) {}

  /// A task that nobody started in time.
  record Expired(TaskId id, String type) {
    /// What its error says, with the seconds it was given.
    public static final String MESSAGE =
        "No worker started it within %s seconds after it was due (ttl_seconds). A retry puts it back"
            + " without a time limit.";
  }

  /// What became of one submission.
  sealed interface Submitted {
    /// The task that stands for the submission, which is another than the submitted one when its
    /// key had been used.
    TaskId id();

    /// @param dueAt when it may start, by the store's clock, as `createdAt` is
    /// @param told whether workers know of it: one of this process runs it already, or those of all
    ///   nodes were woken with the commit
    record Stored(TaskId id, Instant createdAt, Instant dueAt, boolean told) implements Submitted {
      public Stored(TaskId id, Instant createdAt, Instant dueAt) {
        this(id, createdAt, dueAt, false);
      }
    }

    /// The key had been used for the same submission: this is its task.
    record Known(TaskId id) implements Submitted {}

    /// The key had been used for another submission.
    record KeyReused(TaskId id) implements Submitted {}
  }

  /// What a request to cancel did.
  sealed interface Cancelled {
    record Ended() implements Cancelled {}

    /// The task runs; its worker has been asked to stop it.
    record Requested() implements Cancelled {}

    record AlreadyEnded(TaskStatus status) implements Cancelled {}

    record Unknown() implements Cancelled {}
  }

  /// What a request to retry did.
  sealed interface Retried {
    record Queued() implements Retried {}

    record NotEnded(TaskStatus status) implements Retried {}

    record Unknown() implements Retried {}
  }
}
