package dev.errand.engine.lease;

import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.UUID;

/// The right to run one attempt of one task, and what the attempt needs to know.
///
/// @param token new with every claim; each write of the attempt carries it
/// @param attempt number of this attempt, from 1
/// @param failures how many earlier attempts failed; those lost or given back do not count
/// @param params JSON text
/// @param timeout how long the attempt may run
public record Lease(
    TaskId task,
    UUID token,
    String owner,
    String type,
    String params,
    int attempt,
    int failures,
    int maxRetries,
    Duration timeout,
    String traceId) {}
