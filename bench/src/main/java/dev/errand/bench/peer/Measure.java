package dev.errand.bench.peer;

/// A number that a phase gives. All but the rates are better when they are smaller.
public enum Measure {
  ENQUEUE_RATE,
  BULK_RATE,
  DRAIN_RATE,
  MIXED_RATE,

  /// Milliseconds from the return of the call that enqueued a job to the first line of its handler;
  /// below 0 when the worker knew of the commit before the producer did.
  PICK_UP_P50,
  PICK_UP_P95,
  PICK_UP_P99,
  PICK_UP_LOCAL_P50,
  PICK_UP_LOCAL_P95,
  PICK_UP_LOCAL_P99,

  /// Milliseconds of processor time for 1,000 jobs.
  ENQUEUE_CLIENT_CPU,
  ENQUEUE_STORE_CPU,
  DRAIN_CLIENT_CPU,
  DRAIN_STORE_CPU,

  /// The most main memory that the worker's process had, in MB.
  WORKER_MEMORY,

  /// Handler calls for a job that had been handled before.
  REPEATS
}
