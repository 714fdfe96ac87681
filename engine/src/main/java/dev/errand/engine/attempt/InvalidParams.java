package dev.errand.engine.attempt;

import java.util.ArrayList;
import java.util.List;

/// Parameters that a handler cannot work with, one violation for each bad field.
public final class InvalidParams extends RuntimeException {
  private final List<Violation> violations;

  public InvalidParams(List<Violation> violations) {
    super(violations.toString());
    this.violations = List.copyOf(violations);
  }

  public List<Violation> violations() {
    return violations;
  }

  /// @param pointer to the bad field, a JSON Pointer (RFC 6901) within the params
  /// @param detail what is wrong and what would be right
  public record Violation(String pointer, String detail) {}

  /// Collects violations in a record's constructor, so that a caller hears of all of them at once.
  public static final class Check {
    private final List<Violation> violations = new ArrayList<>();

    /// Notes `detail` against `pointer` unless `holds`.
    public Check that(boolean holds, String pointer, String detail) {
      if (!holds) {
        violations.add(new Violation(pointer, detail));
      }
      return this;
    }

    /// @throws InvalidParams when anything was noted
    public void orThrow() {
      if (!violations.isEmpty()) {
        throw new InvalidParams(violations);
      }
    }
  }
}
