package dev.errand.engine.task;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// One attempt as history keeps it.
///
/// @param number from 1; an attempt that was given back ("released") shares its number with the
///   next
/// @param worker who ran it
/// @param outcome absent while it runs, otherwise one of `completed failed retrying cancelled
///   released lost`
public record AttemptRecord(
    int number,
    String worker,
    Instant startedAt,
    @Nullable Instant endedAt,
    @Nullable String outcome,
    @Nullable TaskError error) {}
