package dev.errand.testkit.model;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/// Seeded chance.
final class Dice {
  private final SplittableRandom random;

  Dice(long seed) {
    this.random = new SplittableRandom(seed);
  }

  /// 0 to `bound - 1`.
  int below(int bound) {
    return random.nextInt(bound);
  }

  boolean percent(int chance) {
    return random.nextInt(100) < chance;
  }

  <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  @SafeVarargs
  final <T> T oneOf(T... choices) {
    return choices[random.nextInt(choices.length)];
  }

  /// Some of `choices` in their order, perhaps none.
  <T> List<T> someOf(List<T> choices, int chance) {
    return choices.stream().filter(_ -> percent(chance)).toList();
  }

  /// 1 most of the time, now and then more, at most `most`.
  int few(int most) {
    return percent(70) ? 1 : 1 + random.nextInt(most);
  }

  IntStream times(int most) {
    return IntStream.range(0, few(most));
  }
}
