package dev.errand.engine.task;

import java.time.Instant;

/// Why a task does not run yet. Where several reasons hold, it is the first of these.
public sealed interface Waiting {

  /// Its caller wanted it later.
  record NotDue(Instant until) implements Waiting {}

  /// An attempt failed; the next one comes after a pause.
  record RetryBackoff(Instant until) implements Waiting {}

  record QueuePaused(String queue) implements Waiting {}

  /// No living worker on any node runs tasks of its type.
  record NoWorkerForType(String type) implements Waiting {}

  /// As many tasks of its queue run as may.
  record QueueLimit(String queue, int limit) implements Waiting {}

  /// As many of its owner's tasks with its concurrency key run as may.
  record ConcurrencyKey(String key, int limit) implements Waiting {}

  /// It is due and nothing forbids it to run: a worker that has time takes it in its turn.
  ///
  /// @param before how many tasks of its lane go first, counted up to [#COUNTED]
  /// @param slots how many tasks the workers that know its type run at a time
  record InLine(int before, int slots) implements Waiting {
    public static final int COUNTED = 1000;
  }
}
