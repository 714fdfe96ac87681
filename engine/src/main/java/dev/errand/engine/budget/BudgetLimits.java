package dev.errand.engine.budget;

/// What may be spent, each day from midnight to midnight UTC.
///
/// @param task by one task in all its attempts
/// @param user by the tasks of one user in a day
/// @param day by everybody's tasks in a day
public record BudgetLimits(Allowance task, Allowance user, Allowance day) {
  public static final BudgetLimits NONE =
      new BudgetLimits(Allowance.UNLIMITED, Allowance.UNLIMITED, Allowance.UNLIMITED);

  /// These limits for a task that may itself spend no more than `own`.
  public BudgetLimits forTask(Allowance own) {
    return new BudgetLimits(task.within(own), user, day);
  }

  public Allowance of(BudgetScope scope) {
    return switch (scope) {
      case TASK -> task;
      case USER -> user;
      case DAY -> day;
    };
  }
}
