package dev.errand.engine.task;

import org.jspecify.annotations.Nullable;

/// Why an attempt or a task failed.
///
/// @param code stable and machine-readable, such as `task_runtime_exceeded`
/// @param message for people; says what happened and, where it helps, what to do
/// @param stackTrace for administrators only, absent when there is nothing to see
public record TaskError(String code, String message, @Nullable String stackTrace) {
  public static final String RUNTIME_EXCEEDED = "task_runtime_exceeded";
  public static final String WORKER_LOST = "worker_lost";
  public static final String EXPIRED = "expired";
  public static final String HANDLER_ERROR = "handler_error";
}
