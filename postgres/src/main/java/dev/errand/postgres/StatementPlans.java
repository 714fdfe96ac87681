package dev.errand.postgres;

/// How PostgreSQL is to plan our statements. Each names its task, its worker or its place in line,
/// so one plan fits all parameters and the way there is an index: a plan that was made while a
/// table was empty must not read all of it for ever after, and none need be made anew for each
/// call. None is compiled: before PostgreSQL 18, whoever forbids sequential scans makes a look at a
/// small table so dear in the planner's eyes that it would compile each of them, for a quarter of a
/// second.
public final class StatementPlans {
  /// For the `options` of every connection that is given to the stores.
  public static final String OPTIONS =
      "-c plan_cache_mode=force_generic_plan -c enable_seqscan=off -c jit=off";

  private StatementPlans() {}
}
