package dev.errand.testkit.model;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// A task by its number within a run: the same in every replay, while ids are not.
record TaskRef(int number) {
  /// From here on, tasks that schedules submitted.
  static final int FIRED = 1_000_000;

  private static final Pattern NAME = Pattern.compile("\\bt(\\d+)\\b");

  /// The tasks whose names occur in `text`.
  static Set<TaskRef> namedIn(String text) {
    return NAME.matcher(text)
        .results()
        .map(name -> new TaskRef(Integer.parseInt(name.group(1))))
        .collect(Collectors.toCollection(LinkedHashSet::new));
  }

  @Override
  public String toString() {
    return "t" + number;
  }
}
