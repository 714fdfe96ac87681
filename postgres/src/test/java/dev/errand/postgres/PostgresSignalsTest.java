package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.TaskStore.Submitted;
import dev.errand.testkit.contract.SignalsContract;
import dev.errand.testkit.contract.TaskDraft;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresSignalsTest extends SignalsContract {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final List<PostgresSignals> nodes = new ArrayList<>();

  @Override
  protected Signals signals() throws InterruptedException {
    return node();
  }

  @Override
  protected Signals otherNode() throws InterruptedException {
    if (nodes.size() == 1) {
      node();
    }
    return nodes.getLast();
  }

  private Signals node() throws InterruptedException {
    PostgresSignals node = PostgresSignals.start(PostgresUnderTest.sessions(database));
    nodes.add(node);
    node.awaitListening();
    return node;
  }

  /// Nobody signals here: the commit itself does.
  @Test
  void a_task_that_is_stored_wakes_the_workers_of_all_nodes() throws Exception {
    CountDownLatch woken = new CountDownLatch(2);
    node().onWork(woken::countDown);
    node().onWork(woken::countDown);
    PostgresTasks tasks = new PostgresTasks(database.pool());

    List<Submitted> answers = tasks.submit(List.of(TaskDraft.of("echo").task()));

    assertThat(answers.getFirst())
        .isInstanceOfSatisfying(
            Submitted.Stored.class, stored -> assertThat(stored.told()).isTrue());
    assertThat(woken.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void of_many_submissions_few_wake_anybody() {
    PostgresTasks tasks = new PostgresTasks(database.pool());
    long start = System.nanoTime();

    long told =
        IntStream.range(0, 200)
            .mapToObj(_ -> tasks.submit(List.of(TaskDraft.of("echo").task())).getFirst())
            .filter(answer -> answer instanceof Submitted.Stored stored && stored.told())
            .count();

    long millis = (System.nanoTime() - start) / 1_000_000;
    assertThat(told).isBetween(1L, 1 + millis / 5);
  }

  @AfterEach
  void close() {
    nodes.forEach(PostgresSignals::close);
  }
}
