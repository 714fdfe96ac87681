package dev.errand.engine.schedule;

import dev.errand.engine.attempt.InvalidParams.Violation;
import dev.errand.engine.task.Submission;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A schedule as a caller writes it.
///
/// @param name absent for the type of its tasks
/// @param task what is submitted at each due moment
/// @param paused whether it is not to fire before somebody resumes it; absent for no, and on a
///   change for as it was
public record ScheduleDraft(
    @Nullable String name, Timing timing, Submission task, @Nullable Boolean paused) {
  private static final int MAX_NAME = 100;

  /// What is wrong with it, beside its task.
  List<Violation> violations() {
    List<Violation> violations = new ArrayList<>(timing.violations());
    if (name != null && !isName(name)) {
      violations.add(new Violation("/name", "must be 1 to 100 printable characters"));
    }
    return violations;
  }

  String nameOrType() {
    return name == null ? task.type() : name;
  }

  private static boolean isName(String text) {
    return !text.isBlank()
        && text.length() <= MAX_NAME
        && text.codePoints().noneMatch(Character::isISOControl);
  }
}
