package dev.errand.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// What was measured.
///
/// @param ascending at least one value, in ascending order
record Samples(List<Double> ascending) {
  Samples {
    ascending = ascending.stream().sorted().toList();
  }

  /// Something that says itself how long its interesting part took.
  interface Work {
    Duration run() throws IOException, InterruptedException;
  }

  /// Does `work` a number of times; seconds.
  static Samples of(int times, Work work) throws IOException, InterruptedException {
    List<Double> seconds = new ArrayList<>();
    for (int i = 0; i < times; i++) {
      seconds.add(work.run().toNanos() / 1e9);
    }
    return new Samples(seconds);
  }

  static Samples once(double value) {
    return new Samples(List.of(value));
  }

  int count() {
    return ascending.size();
  }

  double least() {
    return ascending.getFirst();
  }

  double most() {
    return ascending.getLast();
  }

  double median() {
    return (ascending.get((count() - 1) / 2) + ascending.get(count() / 2)) / 2;
  }
}
