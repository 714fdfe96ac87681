package dev.errand.chaos.kill;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// How often what was struck.
final class Tally {
  private final Map<Strike, Integer> times = new EnumMap<>(Strike.class);

  void add(Strike strike) {
    times.merge(strike, 1, Integer::sum);
  }

  @Override
  public String toString() {
    return times.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
