package dev.errand.engine.worker;

import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.LeaseLost;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.engine.task.TaskError;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

/// Runs attempts and records how they ended.
record AttemptRunner(WorkerContext context, Backoff backoff, RandomGenerator random, Pace pace) {
  private static final Logger log = LoggerFactory.getLogger(AttemptRunner.class);
  private static final int MAX_TRACE = 16 * 1024;

  /// How often the store may fail to record an outcome without being away: with the pauses between,
  /// for a second and a half.
  private static final int ERRORS_FORGIVEN = 5;

  /// Runs the handler on this thread and records what came of it, unless the attempt was abandoned
  /// meanwhile.
  ///
  /// @param ended called once the attempt was recorded, by whoever did so
  void run(RunningAttempt attempt, Runnable ended) {
    attempt.runsOn(Thread.currentThread());
    Outcome outcome = outcomeOf(attempt);
    if (!attempt.conclude()) {
      return;
    }
    if (outcome instanceof Outcome.Completed(var result) && attempt.completeHeld(result)) {
      ended.run();
    } else {
      record(attempt, outcome, ended);
    }
  }

  /// Says that a task was completed whose hold has recorded it.
  void completedHeld(Lease lease, String result) {
    ended(lease, new Outcome.Completed(result));
  }

  /// Ends an attempt whose handler did not stop in time; what the handler still does is ignored.
  ///
  /// @param ended called once the attempt was recorded, by whoever did so
  void abandon(RunningAttempt attempt, Runnable ended) {
    if (attempt.conclude()) {
      event(attempt.lease(), Level.WARN, "attempt_abandoned").log("Handler did not stop in time");
      record(attempt, outcomeOfStop(attempt, attempt.stopReason().orElseThrow()), ended);
    }
  }

  /// Gives back a lease under which nothing runs.
  void giveBack(Lease lease) {
    Outcome released = new Outcome.Released();
    if (context.leases().end(lease, released)) {
      event(lease, Level.WARN, "stray_lease").log("Nothing ran under a lease of this worker");
      ended(lease, released);
    }
  }

  private Outcome outcomeOf(RunningAttempt attempt) {
    Lease lease = attempt.lease();
    try {
      Handler<?> handler =
          context
              .handlers()
              .forType(lease.type())
              .orElseThrow(() -> new IllegalStateException("No handler for " + lease.type()));
      long begun = System.nanoTime();
      String result = handle(handler, attempt);
      pace.took(lease.type(), System.nanoTime() - begun);
      return new Outcome.Completed(result);
    } catch (Throwable thrown) {
      return attempt
          .stopReason()
          .map(reason -> outcomeOfStop(attempt, reason))
          .orElseGet(() -> outcomeOfError(lease, thrown));
    }
  }

  private <P> String handle(Handler<P> handler, RunningAttempt attempt) throws Exception {
    P params = context.json().read(attempt.lease().params(), handler.paramsType());
    return context.json().write(handler.handle(params, attempt));
  }

  private Outcome outcomeOfStop(RunningAttempt attempt, StopReason reason) {
    return switch (reason) {
      case CANCELLED -> new Outcome.Cancelled();
      case DRAIN -> new Outcome.Released();
      case DEADLINE -> {
        event(attempt.lease(), Level.WARN, "task_killed").log("Attempt exceeded its runtime");
        yield retryOrFail(attempt.lease(), runtimeExceeded(attempt.lease()), Duration.ZERO);
      }
      // Never recorded; it only has to be something.
      case LEASE_LOST -> new Outcome.Released();
    };
  }

  private static TaskError runtimeExceeded(Lease lease) {
    return new TaskError(
        TaskError.RUNTIME_EXCEEDED,
        "The attempt ran longer than %s seconds.".formatted(lease.timeout().toSeconds()),
        null);
  }

  private Outcome outcomeOfError(Lease lease, Throwable thrown) {
    return switch (thrown) {
      case TaskFailure failure -> {
        TaskError error = new TaskError(failure.code(), message(failure), null);
        yield failure.retryable()
            ? retryOrFail(lease, error, failure.retryAfter().orElse(Duration.ZERO))
            : new Outcome.Failed(error);
      }
      case InvalidParams invalid ->
          new Outcome.Failed(new TaskError("task_rejected_invalid_params", message(invalid), null));
      case Throwable other ->
          retryOrFail(
              lease,
              new TaskError(TaskError.HANDLER_ERROR, message(other), trace(other)),
              Duration.ZERO);
    };
  }

  private Outcome retryOrFail(Lease lease, TaskError error, Duration atLeast) {
    int failures = lease.failures() + 1;
    return failures > lease.maxRetries()
        ? new Outcome.Failed(error)
        : new Outcome.Retrying(error, backoff.delay(failures, atLeast, random));
  }

  private void record(RunningAttempt attempt, Outcome outcome, Runnable ended) {
    try {
      writeJournal(attempt);
      end(attempt, outcome);
    } catch (LeaseLost | StoreUnavailable _) {
      event(attempt.lease(), Level.WARN, "lease_lost").log("Outcome refused: the lease is lost");
    } catch (RuntimeException e) {
      event(attempt.lease(), Level.ERROR, "outcome_not_recorded")
          .setCause(e)
          .log("Outcome not recorded; the worker will give the task back");
    } finally {
      ended.run();
    }
  }

  /// What a handler said is worth less than how it ended.
  private static void writeJournal(RunningAttempt attempt) {
    try {
      attempt.journal().flush();
    } catch (LeaseLost | StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      event(attempt.lease(), Level.WARN, "journal_not_written")
          .setCause(e)
          .log("The last progress and log lines are lost");
    }
  }

  private void end(RunningAttempt attempt, Outcome outcome) {
    try {
      tryToEnd(attempt, outcome);
    } catch (LeaseLost | StoreUnavailable e) {
      throw e;
    } catch (RuntimeException e) {
      // The store takes no such outcome, such as a result that is too large for it.
      tryToEnd(attempt, outcomeOfError(attempt.lease(), e));
    }
  }

  private void tryToEnd(RunningAttempt attempt, Outcome outcome) {
    Lease lease = attempt.lease();
    attempt.leased();
    if (attempt.leaseLost()) {
      throw new LeaseLost(lease);
    }
    if (!attempt.retry().call(ERRORS_FORGIVEN, () -> context.leases().end(lease, outcome))) {
      throw new LeaseLost(lease);
    }
    ended(lease, outcome);
  }

  private void ended(Lease lease, Outcome outcome) {
    context.signals().changed(lease.task());
    switch (outcome) {
      case Outcome.Completed _ -> event(lease, Level.INFO, "task_completed").log("Task completed");
      case Outcome.Cancelled _ -> event(lease, Level.INFO, "task_cancelled").log("Task cancelled");
      case Outcome.Released _ -> {
        event(lease, Level.INFO, "task_released").log("Task given back");
        context.signals().work();
      }
      case Outcome.Failed(var error) ->
          event(lease, Level.WARN, "task_failed")
              .addKeyValue("code", error.code())
              .log("Task failed: {}", error.message());
      case Outcome.Retrying(var error, var delay) ->
          event(lease, Level.INFO, "task_retrying")
              .addKeyValue("code", error.code())
              .addKeyValue("delay_ms", delay.toMillis())
              .log("Attempt failed: {}", error.message());
    }
  }

  private static LoggingEventBuilder event(Lease lease, Level level, String event) {
    return log.atLevel(level)
        .addKeyValue("event", event)
        .addKeyValue("task_id", lease.task())
        .addKeyValue("attempt", lease.attempt())
        .addKeyValue("trace_id", lease.traceId());
  }

  private static String message(Throwable thrown) {
    String message = thrown.getMessage();
    return message == null || message.isBlank() ? thrown.getClass().getSimpleName() : message;
  }

  private static String trace(Throwable thrown) {
    StringWriter trace = new StringWriter();
    thrown.printStackTrace(new PrintWriter(trace));
    return trace.getBuffer().length() <= MAX_TRACE
        ? trace.toString()
        : trace.getBuffer().substring(0, MAX_TRACE) + "…";
  }
}
