package dev.errand.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.errand.engine.lease.Leases.NewWorker;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.testkit.contract.TaskDraft;
import dev.errand.testkit.time.SettableClock;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryStoreTest {
  private final InMemoryStore store = new InMemoryStore(new SettableClock());

  @Test
  void while_the_store_is_away_every_call_says_so_and_nothing_changes() {
    NewTask stored = TaskDraft.of("echo").task();
    NewTask refused = TaskDraft.of("echo").task();
    store.tasks().submit(List.of(stored));
    Session worker =
        store.leases().open(new NewWorker("ant", List.of("echo"), 1, Duration.ofMinutes(1)));

    store.goesAway();

    assertThatThrownBy(() -> store.tasks().submit(List.of(refused)))
        .isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> store.tasks().find(stored.id())).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> worker.claim(1)).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(worker::heartbeat).isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> store.history().events(stored.id(), 0, 1))
        .isInstanceOf(StoreUnavailable.class);
    assertThatThrownBy(() -> store.artifacts().ofTask(stored.id()))
        .isInstanceOf(StoreUnavailable.class);
    store.comesBack();
    assertThat(store.tasks().find(refused.id())).isEmpty();
    assertThat(worker.claim(10)).singleElement().extracting(l -> l.task()).isEqualTo(stored.id());
  }

  @Test
  void all_views_share_one_state() {
    NewTask task = TaskDraft.of("echo").task();
    store.tasks().submit(List.of(task));

    assertThat(store.tasks().find(task.id())).isPresent();
    assertThat(store.history().events(task.id(), 0, 10)).hasSize(1);
  }
}
