package dev.errand.engine.worker;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.signal.Signals;
import java.time.InstantSource;

/// What every attempt of a worker works with.
///
/// @param spending what attempts may spend
public record WorkerContext(
    Leases leases,
    Handlers handlers,
    Json json,
    Artifacts artifacts,
    Budgets budgets,
    BudgetLimits spending,
    Signals signals,
    InstantSource clock) {}
