package dev.errand.bench.peer.client;

import dev.errand.engine.artifact.Artifacts;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.Handler;
import dev.errand.engine.attempt.Handlers;
import dev.errand.engine.budget.Allowance;
import dev.errand.engine.budget.BudgetLimits;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.limits.Limits;
import dev.errand.engine.signal.Signals;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Priority;
import dev.errand.engine.task.Submission;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStore.Submitted;
import dev.errand.engine.worker.Rescuer;
import dev.errand.engine.worker.Worker;
import dev.errand.engine.worker.WorkerConfig;
import dev.errand.engine.worker.WorkerContext;
import dev.errand.handlers.json.JacksonJson;
import dev.errand.postgres.HistoryPartitions;
import dev.errand.postgres.Migrations;
import dev.errand.postgres.OpenTasksVacuum;
import dev.errand.postgres.PostgresArtifacts;
import dev.errand.postgres.PostgresBudgets;
import dev.errand.postgres.PostgresLeases;
import dev.errand.postgres.PostgresSignals;
import dev.errand.postgres.PostgresTasks;
import dev.errand.postgres.StatementPlans;
import dev.errand.storage.filesystem.FilesystemStorage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import java.util.function.IntFunction;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;

/// Errand: put together as the server does it, with leases, history and events.
final class ErrandQueue implements JobQueue {
  private static final String TYPE = "noop";

  /// The server's pool.
  private static final int CONNECTIONS = 16;

  private static final int SLEEPERS = 10_000;
  private static final int BLOCKERS = 100;
  private static final Duration WORK = Duration.ofMillis(5);
  private static final int IDLE_CONNECTIONS = 2;

  private final DataSource sessions = sessions();
  private final DataSource connections = Connections.pool(sessions, CONNECTIONS, IDLE_CONNECTIONS);
  private final PostgresTasks tasks = new PostgresTasks(connections);
  private final WorkerConfig config;
  private final Work work;
  private final IntFunction<NewTask> task;
  private @Nullable Signals signals;

  private static DataSource sessions() {
    PGSimpleDataSource sessions = Connections.direct();
    sessions.setOptions(StatementPlans.OPTIONS);
    return sessions;
  }

  /// What a handler does when the job has been counted.
  private interface Work {
    void run() throws InterruptedException;
  }

  private ErrandQueue(WorkerConfig config, Work work, IntFunction<NewTask> task) {
    this.config = config;
    this.work = work;
    this.task = task;
  }

  private static ErrandQueue producing(IntFunction<NewTask> task) {
    return new ErrandQueue(WorkerConfig.DEFAULTS, () -> {}, task);
  }

  private static ErrandQueue working(int atOnce, Work work) {
    WorkerConfig usual = WorkerConfig.DEFAULTS;
    return new ErrandQueue(
        new WorkerConfig(atOnce, usual.leaseFor(), usual.grace(), usual.drainFor()),
        work,
        ErrandQueue::task);
  }

  static ErrandQueue asShipped() {
    return producing(ErrandQueue::task);
  }

  /// Its worker runs 10,000 tasks at once, none of which ever ends.
  static ErrandQueue ofSleepers() {
    return working(SLEEPERS, () -> Thread.sleep(Duration.ofDays(1)));
  }

  /// Its worker runs a task of each key of [#ofBlocked], and none of them ever ends.
  static ErrandQueue ofBlockers() {
    return working(BLOCKERS, () -> Thread.sleep(Duration.ofDays(1)));
  }

  /// Its tasks have a hundred concurrency keys, of each of which one task may run.
  static ErrandQueue ofBlocked() {
    return producing(job -> task("bench", job, "key-" + job % BLOCKERS));
  }

  /// Its tasks are another owner's, and not counted.
  static ErrandQueue ofOthers() {
    return producing(_ -> task("others", Tally.UNCOUNTED, null));
  }

  /// Its worker takes 5 ms for each task.
  static ErrandQueue ofWork() {
    return working(WorkerConfig.DEFAULTS.concurrency(), () -> Thread.sleep(WORK));
  }

  @Override
  public void createSchema() {
    Migrations.migrate(connections);
    new HistoryPartitions(connections).makeAhead();
  }

  @Override
  public void openProducer() {
    signals();
  }

  private synchronized Signals signals() {
    if (signals == null) {
      signals = PostgresSignals.start(sessions);
    }
    return signals;
  }

  @Override
  public void enqueue(int job) {
    enqueueAll(List.of(job));
  }

  @Override
  public void enqueueAll(List<Integer> jobs) {
    List<Submitted> answers = tasks.submit(jobs.stream().map(task::apply).toList());
    if (!answers.stream().allMatch(ErrandQueue::told)) {
      signals().work();
    }
  }

  private static boolean told(Submitted answer) {
    return answer instanceof Submitted.Stored stored && stored.told();
  }

  private static NewTask task(int job) {
    return task("bench", job, null);
  }

  private static NewTask task(String owner, int job, @Nullable String concurrencyKey) {
    return new NewTask(
        TaskId.next(),
        owner,
        TYPE,
        "{\"job\":" + job + "}",
        Submission.DEFAULT_QUEUE,
        Priority.NORMAL,
        Limits.DEFAULTS.maxRuntime(),
        Submission.DEFAULT_MAX_RETRIES,
        new NewTask.Due.Now(),
        List.of(),
        "0af7651916cd43dd8448eb211c80319c",
        concurrencyKey,
        null,
        Allowance.UNLIMITED,
        null,
        null,
        null);
  }

  record Job(int job) {}

  private record Noop(IntConsumer tally, Work work) implements Handler<Job> {
    @Override
    public String type() {
      return TYPE;
    }

    @Override
    public Class<Job> paramsType() {
      return Job.class;
    }

    @Override
    public Object handle(Job params, Attempt attempt) throws InterruptedException {
      tally.accept(params.job());
      work.run();
      return Map.of();
    }
  }

  @Override
  public void startWorker(IntConsumer handler) throws IOException {
    Leases leases = new PostgresLeases(connections, sessions);
    InstantSource clock = InstantSource.system();
    Worker worker =
        Worker.start(
            "bench",
            config,
            new WorkerContext(
                leases,
                new Handlers(List.of(new Noop(handler, work))),
                new JacksonJson(),
                artifacts(clock),
                new PostgresBudgets(connections),
                BudgetLimits.NONE,
                signals(),
                clock));
    tasks.handOverTo(worker);
    Rescuer.start(leases, signals(), worker::hears);
    OpenTasksVacuum.start(connections, sessions);
  }

  private Artifacts artifacts(InstantSource clock) throws IOException {
    Path folder = Files.createTempDirectory(Path.of("."), "artifacts");
    return new Artifacts(
        new PostgresArtifacts(connections), new FilesystemStorage(folder), Limits.DEFAULTS, clock);
  }

  @Override
  public long unfinished() throws SQLException {
    return Connections.count(connections, "SELECT count(*) FROM open_tasks");
  }
}
