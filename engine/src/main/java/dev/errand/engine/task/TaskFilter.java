package dev.errand.engine.task;

import org.jspecify.annotations.Nullable;

/// Which tasks a list shows; an absent criterion lets every task through.
///
/// @param owner whose tasks
/// @param text found in the params, case-insensitively
/// @param before only tasks submitted before this one: where the page before ended
/// @param limit tasks at most, 1 to 1,000
public record TaskFilter(
    @Nullable String owner,
    @Nullable TaskStatus status,
    @Nullable String type,
    @Nullable String tag,
    @Nullable String text,
    @Nullable TaskId before,
    int limit) {}
