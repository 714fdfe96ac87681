package dev.errand.engine.worker;

import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.loop.Loop;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.Handover;
import dev.errand.engine.task.NewTask;
import java.time.Duration;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Claims due tasks and runs their attempts, each on a virtual thread, until it is closed.
///
/// Four loops on platform threads, which handlers that compute cannot starve: two claim, one keeps
/// the leases alive and hears of cancellations, one watches deadlines. Each goes on after any
/// error.
public final class Worker implements Handover, AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Worker.class);
  private static final Duration WATCH = Duration.ofMillis(50);
  private static final Duration AFTER_ERROR = Duration.ofMillis(250);

  private final WorkerConfig config;
  private final AttemptRunner runner;
  private final Slots slots;
  private final Registration registration;
  private final Claims claims;
  private final List<Loop> claiming;
  private final List<Loop> loops;
  private final List<Subscription> subscriptions;

  private Worker(String name, WorkerConfig config, WorkerContext context) {
    Pace pace = new Pace();
    NewWorker registered =
        new NewWorker(name, context.handlers().types(), config.concurrency(), config.leaseFor());
    this.config = config;
    this.runner = new AttemptRunner(context, Backoff.DEFAULT, RandomGenerator.getDefault(), pace);
    this.slots = new Slots(config.concurrency());
    this.registration = new Registration(registered, context.leases(), slots, runner);
    this.claims = new Claims(context, registration, slots, runner, pace);
    this.subscriptions =
        List.of(
            context.signals().onWork(claims::workCame),
            context.signals().onCancelRequest(registration::cancelRequested));
    this.claiming =
        Stream.generate(() -> new Loop("worker-claim", AFTER_ERROR, claims::claim))
            .limit(Claims.THREADS)
            .toList();
    this.loops =
        Stream.concat(
                claiming.stream(),
                Stream.of(
                    new Loop("worker-heartbeat", AFTER_ERROR, registration::beat),
                    new Loop("worker-watch", AFTER_ERROR, this::watch)))
            .toList();
  }

  /// Starts a worker.
  ///
  /// @param name tells people which worker ran an attempt; need not be unique
  public static Worker start(String name, WorkerConfig config, WorkerContext context) {
    Worker worker = new Worker(name, config, context);
    worker.loops.forEach(Loop::start);
    return worker;
  }

  /// Whether each loop got through its last round.
  public boolean healthy() {
    return loops.stream().allMatch(Loop::healthy);
  }

  /// How many attempts run now.
  public int running() {
    return slots.running().size();
  }

  /// Whether this worker may say that others are silent: its own heartbeats have got through all
  /// the time. After an outage everybody is silent, and needs a moment to be heard again.
  public boolean hears() {
    return registration.hears();
  }

  @Override
  public Taken take(List<NewTask> tasks) {
    return claims.take(tasks);
  }

  private void watch() throws InterruptedException {
    for (RunningAttempt attempt : slots.running()) {
      if (attempt.overdue()) {
        attempt.stop(StopReason.DEADLINE);
      }
      if (attempt.outstays(config.grace())) {
        Thread.ofVirtual()
            .name("abandon-" + attempt.task())
            .start(() -> runner.abandon(attempt, () -> slots.free(attempt)));
      } else if (attempt.journal().waiting()) {
        Thread.ofVirtual().name("journal-" + attempt.task()).start(() -> flush(attempt));
      }
    }
    Thread.sleep(WATCH);
  }

  private static void flush(RunningAttempt attempt) {
    try {
      attempt.journal().flushUnlessWriting();
    } catch (RuntimeException e) {
      log.debug("Journal of {} not written: {}", attempt.task(), e.getMessage());
    }
  }

  /// Claims nothing more, waits for running attempts as long as the configuration says, gives the
  /// rest back and ends the registration.
  @Override
  public void close() {
    claims.end();
    if (running() > 0) {
      log.atWarn()
          .addKeyValue("event", "worker_draining")
          .addKeyValue("attempts", running())
          .log("Waiting up to {} s for running attempts to end", config.drainFor().toSeconds());
    }
    claiming.forEach(Loop::close);
    if (!slots.awaitIdle(config.drainFor())) {
      slots.running().forEach(attempt -> attempt.stop(StopReason.DRAIN));
      slots.awaitIdle(config.grace().plusSeconds(1));
    }
    loops.forEach(Loop::close);
    subscriptions.forEach(Subscription::close);
    registration.close();
  }
}
