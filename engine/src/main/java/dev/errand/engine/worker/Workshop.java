package dev.errand.engine.worker;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.signal.Signals;
import java.time.InstantSource;

/// What every attempt of a worker works with.
public record Workshop(
    Leases leases,
    Handlers handlers,
    Json json,
    Artifacts artifacts,
    Signals signals,
    InstantSource clock) {}
