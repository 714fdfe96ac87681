package dev.errand.bench.peer;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// What is done with a contestant, each time with an empty store.
public enum Phase {
  /// 16 threads enqueue, one job a call.
  ENQUEUE,

  /// 4 threads enqueue, 1,000 jobs a call.
  BULK,

  /// A worker starts where jobs wait.
  DRAIN,

  /// Producers and a worker at the same time, in a process each.
  MIXED,

  /// A job now and then, producer and worker in a process each.
  PICK_UP,

  /// A job now and then, producer and worker in one process.
  PICK_UP_LOCAL;

  static Optional<Phase> named(String word) {
    return Arrays.stream(values()).filter(one -> one.toString().equals(word)).findFirst();
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
