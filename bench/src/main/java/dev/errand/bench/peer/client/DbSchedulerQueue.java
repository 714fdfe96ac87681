package dev.errand.bench.peer.client;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.OneTimeTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// db-scheduler: one-time tasks, the number in the id; 32 threads, lock-and-fetch with the limits
/// of its published benchmark, a look every 100 ms, immediate execution within one process.
final class DbSchedulerQueue implements JobQueue {
  /// As its documentation asks for, without the index for priorities, which are off.
  private static final String SCHEMA =
      """
      CREATE TABLE scheduled_tasks (
        task_name text NOT NULL,
        task_instance text NOT NULL,
        task_data bytea,
        execution_time timestamptz NOT NULL,
        picked boolean NOT NULL,
        picked_by text,
        last_success timestamptz,
        last_failure timestamptz,
        consecutive_failures int,
        last_heartbeat timestamptz,
        version bigint NOT NULL,
        priority smallint,
        PRIMARY KEY (task_name, task_instance));
      CREATE INDEX execution_time_idx ON scheduled_tasks (execution_time);
      CREATE INDEX last_heartbeat_idx ON scheduled_tasks (last_heartbeat)
      """;

  private static final int PRODUCERS = 16;
  private static final int THREADS = 32;
  private static final double LOWER_LIMIT = 4.0;
  private static final double UPPER_LIMIT = 20.0;
  private static final Duration POLL = Duration.ofMillis(100);

  private final OneTimeTask<Void> task =
      Tasks.oneTime("noop").execute((instance, _) -> handle(instance));
  private @Nullable IntConsumer handler;
  private @Nullable HikariDataSource connections;
  private @Nullable SchedulerClient client;

  @Override
  public void createSchema() throws SQLException {
    Connections.execute(SCHEMA);
  }

  @Override
  public void openProducer() {
    if (client == null) {
      connections = Connections.pool(PRODUCERS);
      client = SchedulerClient.Builder.create(connections, task).build();
    }
  }

  @Override
  public void enqueue(int job) {
    Objects.requireNonNull(client).scheduleIfNotExists(instance(job), Instant.now());
  }

  @Override
  public void enqueueAll(List<Integer> jobs) {
    List<TaskInstance<?>> instances = new ArrayList<>();
    jobs.forEach(job -> instances.add(instance(job)));
    Objects.requireNonNull(client).scheduleBatch(instances, Instant.now());
  }

  private TaskInstance<Void> instance(int job) {
    return task.instance(String.valueOf(job));
  }

  private void handle(TaskInstance<Void> instance) {
    Objects.requireNonNull(handler).accept(Integer.parseInt(instance.getId()));
  }

  @Override
  public void startWorker(IntConsumer handler) {
    this.handler = handler;
    connections = Connections.pool(THREADS + 8);
    Scheduler scheduler =
        Scheduler.create(connections, task)
            .threads(THREADS)
            .pollingInterval(POLL)
            .pollUsingLockAndFetch(LOWER_LIMIT, UPPER_LIMIT)
            .enableImmediateExecution()
            .build();
    client = scheduler;
    scheduler.start();
  }

  @Override
  public long unfinished() throws SQLException {
    return Connections.count(
        Objects.requireNonNull(connections), "SELECT count(*) FROM scheduled_tasks");
  }
}
