package dev.errand.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.attempt.Json;
import dev.errand.engine.attempt.LeaseLost;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.event.NewEvent;
import dev.errand.engine.lease.ForwardingLeases;
import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.signal.LocalSignals;
import dev.errand.engine.worker.Worker;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.engine.worker.WorkerContext;
import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.memory.InMemoryArtifactStorage;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A worker that sleeps longer than its leases last, as a laptop or a virtual machine may.
class PausedWorkerTest {
  private static final Duration LEASE_FOR = Duration.ofSeconds(5);

  private final SettableClock clock = new SettableClock();
  private final InMemoryStore store = new InMemoryStore(clock);

  @Test
  void a_step_that_another_worker_finished_during_the_pause_is_not_begun() throws Exception {
    CompletableFuture<String> came = new CompletableFuture<>();
    Handler<String> handler = handler(attempt -> step(attempt, came));
    store.tasks().submit(List.of(TaskDraft.of("walk").task()));

    try (Worker _ = worker(new PausesAfterStepStarted(), handler)) {
      assertThat(came.get(30, TimeUnit.SECONDS)).isEqualTo("lease lost");
    }
  }

  private static void step(Attempt attempt, CompletableFuture<String> came) throws Exception {
    try {
      attempt.step(
          "step",
          String.class,
          () -> {
            came.complete("begun again");
            return "late";
          });
    } catch (LeaseLost e) {
      came.complete("lease lost");
      throw e;
    }
  }

  /// What another worker does while this one's process is paused.
  private void pause() {
    Leases leases = store.leases();
    do {
      clock.advance(LEASE_FOR.plusSeconds(1));
      // Zero when the paused worker's last heartbeat came just now.
    } while (leases.rescue().count() == 0);
    try (Leases.Session other =
        leases.open(new Leases.NewWorker("other", List.of("walk"), 1, LEASE_FOR))) {
      Lease lease = other.claim(1).getFirst();
      leases.finishStep(lease, "step", "\"by the other\"");
      leases.end(lease, new Outcome.Completed("1"));
    }
  }

  private interface Work {
    void on(Attempt attempt) throws Exception;
  }

  private static Handler<String> handler(Work work) {
    return new Handler<>() {
      @Override
      public String type() {
        return "walk";
      }

      @Override
      public Class<String> paramsType() {
        return String.class;
      }

      @Override
      public Object handle(String params, Attempt attempt) throws Exception {
        work.on(attempt);
        return "done";
      }
    };
  }

  private Worker worker(Leases leases, Handler<String> handler) {
    Artifacts artifacts =
        new Artifacts(store.artifacts(), new InMemoryArtifactStorage(), Limits.DEFAULTS, clock);
    return Worker.start(
        "paused",
        new WorkerConfig(1, LEASE_FOR, Duration.ZERO, Duration.ZERO),
        new WorkerContext(
            leases,
            new Handlers(List.of(handler)),
            new Texts(),
            artifacts,
            store.budgets(),
            BudgetLimits.NONE,
            new LocalSignals(),
            clock));
  }

  private record Texts() implements Json {
    @Override
    public <T> T read(String json, Class<T> type) {
      return type.cast(json);
    }

    @Override
    public String write(Object value) {
      return value.toString();
    }
  }

  /// The process is paused when it was told that its step may begin, and before it begins it.
  private final class PausesAfterStepStarted extends ForwardingLeases {
    PausesAfterStepStarted() {
      super(store.leases());
    }

    @Override
    public boolean append(Lease lease, List<NewEvent> events) {
      boolean held = super.append(lease, events);
      if (events.stream().anyMatch(NewEvent.StepStarted.class::isInstance)) {
        pause();
      }
      return held;
    }
  }
}
