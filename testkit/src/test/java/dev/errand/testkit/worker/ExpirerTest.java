package dev.errand.testkit.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.signal.LocalSignals;
import dev.errand.engine.signal.Signals.Subscription;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.TaskStatus;
import dev.errand.engine.worker.Expirer;
import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.memory.InMemoryStore;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class ExpirerTest {
  private final SettableClock clock = new SettableClock();
  private final InMemoryStore store = new InMemoryStore(clock);
  private final LocalSignals signals = new LocalSignals();

  @Test
  void what_expires_ends_soon_and_whoever_follows_it_is_told() throws Exception {
    NewTask task = TaskDraft.of("echo").ttl(Duration.ofSeconds(5)).task();
    store.tasks().submit(List.of(task));
    Semaphore told = new Semaphore(0);
    try (Subscription _ = signals.onChange(task.id(), told::release);
        Expirer expirer = Expirer.start(store.tasks(), signals)) {
      clock.advance(Duration.ofSeconds(5));

      assertThat(told.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
      assertThat(store.tasks().find(task.id()).orElseThrow().status()).isEqualTo(TaskStatus.FAILED);
      assertThat(expirer.healthy()).isTrue();
    }
  }

  @Test
  @Timeout(60)
  void it_goes_on_when_the_store_was_away() throws Exception {
    NewTask task = TaskDraft.of("echo").ttl(Duration.ofSeconds(5)).task();
    store.tasks().submit(List.of(task));
    clock.advance(Duration.ofSeconds(5));
    Semaphore told = new Semaphore(0);
    store.goesAway();
    try (Subscription _ = signals.onChange(task.id(), told::release);
        Expirer expirer = Expirer.start(store.tasks(), signals)) {
      while (expirer.healthy()) {
        Thread.onSpinWait();
      }
      store.comesBack();

      assertThat(told.tryAcquire(1, TimeUnit.MINUTES)).isTrue();
    }
  }
}
