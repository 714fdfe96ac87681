package dev.errand.engine.budget;

/// Whose spending is counted together.
public enum BudgetScope {
  /// All attempts of one task.
  TASK("of the task"),
  /// All tasks of one user in a day.
  USER("of the user for today"),
  /// All tasks in a day.
  DAY("of everybody for today");

  private final String words;

  BudgetScope(String words) {
    this.words = words;
  }

  /// Whether it begins anew every day.
  public boolean daily() {
    return this != TASK;
  }

  /// For people, to follow "the budget".
  String words() {
    return words;
  }
}
