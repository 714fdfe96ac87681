package dev.errand.chaos.kill;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.Collectors;

/// How often each fault was injected.
final class Tally {
  private final Map<ProcessFault, Integer> times = new EnumMap<>(ProcessFault.class);

  void add(ProcessFault fault) {
    times.merge(fault, 1, Integer::sum);
  }

  @Override
  public String toString() {
    return times.entrySet().stream()
        .map(e -> e.getValue() + " " + e.getKey().name().toLowerCase(java.util.Locale.ROOT))
        .collect(Collectors.joining(", "));
  }
}
