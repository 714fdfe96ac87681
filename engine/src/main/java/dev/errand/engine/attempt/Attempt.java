package dev.errand.engine.attempt;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.budget.Budget;
import dev.errand.engine.lease.LogLine;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.util.concurrent.Callable;

/// The running attempt as its handler sees it.
///
/// Thread-safe. Every method throws [LeaseLost] once the attempt has lost its lease; handlers let
/// it pass.
public interface Attempt {

  TaskId task();

  String owner();

  /// From 1.
  int number();

  /// Time until the deadline, never negative.
  Duration timeLeft();

  /// Says how far the attempt is. Calls that follow each other quickly may be merged into one
  /// event.
  ///
  /// @param percent 0 to 100
  /// @param message for people
  void progress(int percent, String message);

  /// Runs `work` once in the life of the task: its value is kept when it ends, and a later attempt
  /// gets the kept value instead of running it again.
  ///
  /// @param name unique within the task
  /// @param type what `work` returns, a type that can become JSON and back
  /// @throws Exception what `work` throws; then nothing is kept
  <T> T step(String name, Class<T> type, Callable<T> work) throws Exception;

  void log(LogLine.Level level, String text);

  /// Stores bytes with the task. Another one of the same type and name replaces it.
  ///
  /// @throws TaskFailure with code `artifact_size_exceeded` when `content` is too large
  Artifact store(String name, String type, String contentType, byte[] content) throws TaskFailure;

  /// What the attempt may still spend on tokens and money.
  Budget budget();

  default void info(String text) {
    log(LogLine.Level.INFO, text);
  }

  default void warn(String text) {
    log(LogLine.Level.WARN, text);
  }
}
