package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Lease;
import dev.errand.engine.lease.Leases.Session;
import dev.errand.engine.lease.Outcome;
import dev.errand.engine.lease.WorkerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What every [dev.errand.engine.lease.Workers] must show.
public abstract class WorkersContract extends StoreContract {
  @Test
  void where_no_worker_was_there_is_none() {
    assertThat(store().workers().all()).isEmpty();
  }

  @Test
  void a_worker_is_seen_as_it_presented_itself() {
    Session worker = worker("w7", LEASE_FOR, "echo", "sleep");
    assertThat(worker.heartbeat()).isTrue();

    WorkerStatus seen = only();

    assertThat(seen.name()).isEqualTo("w7");
    assertThat(seen.types()).containsExactly("echo", "sleep");
    assertThat(seen.concurrency()).isEqualTo(10);
    assertThat(seen.running()).isZero();
    assertThat(seen.alive()).isTrue();
    assertThat(age(seen.startedAt())).isLessThanOrEqualTo(store().precision());
    assertThat(age(seen.heartbeatAt())).isLessThanOrEqualTo(store().precision());
  }

  @Test
  void what_runs_is_counted_for_its_worker() {
    Session busy = worker("busy", LEASE_FOR, "echo");
    worker("idle", LEASE_FOR, "echo");
    submitted("echo");
    submitted("echo");
    List<Lease> leases = busy.claim(2);
    assertThat(running()).containsExactly(2, 0);

    end(leases.getFirst(), new Outcome.Completed("1"));

    assertThat(running()).containsExactly(1, 0);
    assertThat(store().workers().all())
        .extracting(WorkerStatus::name)
        .containsExactly("busy", "idle");
  }

  @Test
  void a_silent_worker_is_not_alive_and_gone_once_its_tasks_are_rescued() {
    running("echo");
    store().timePasses(LEASE_FOR);

    assertThat(only().alive()).isFalse();
    assertThat(only().running()).isEqualTo(1);

    assertThat(rescue()).isEqualTo(1);
    assertThat(store().workers().all()).isEmpty();
  }

  @Test
  void a_worker_that_has_left_is_seen_as_long_as_it_has_tasks() {
    submitted("echo");
    Session worker = worker("echo");
    worker("w2", LEASE_FOR, "echo").close();
    worker.claim(1);
    worker.close();

    assertThat(only().name()).isEqualTo("w1");
    assertThat(only().alive()).isFalse();
  }

  private Duration age(Instant then) {
    return Duration.between(then, store().now()).abs();
  }

  private List<Integer> running() {
    return store().workers().all().stream().map(WorkerStatus::running).toList();
  }

  private WorkerStatus only() {
    List<WorkerStatus> all = store().workers().all();
    assertThat(all).hasSize(1);
    return all.getFirst();
  }
}
