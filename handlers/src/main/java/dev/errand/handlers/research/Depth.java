package dev.errand.handlers.research;

/// How much of what was found a report shows.
public enum Depth {
  BRIEF(3),
  DETAILED(6);

  private final int statements;

  Depth(int statements) {
    this.statements = statements;
  }

  /// Statements for one question, at most.
  int statements() {
    return statements;
  }

  /// Quotes that a language model gets to write about one question, at most.
  int evidence() {
    return 2 * statements;
  }
}
