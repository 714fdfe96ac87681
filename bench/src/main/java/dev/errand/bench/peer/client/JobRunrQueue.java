package dev.errand.bench.peer.client;

import com.zaxxer.hikari.HikariDataSource;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.IntConsumer;
import org.jobrunr.configuration.JobRunr;
import org.jobrunr.configuration.JobRunrConfiguration;
import org.jobrunr.jobs.lambdas.JobRequest;
import org.jobrunr.jobs.lambdas.JobRequestHandler;
import org.jobrunr.scheduling.JobRequestScheduler;
import org.jobrunr.server.BackgroundJobServerConfiguration;
import org.jobrunr.storage.sql.common.SqlStorageProviderFactory;
import org.jspecify.annotations.Nullable;

/// JobRunr, free edition: job requests, which need no analysis of byte code; 32 workers, its
/// default for two processors; it looks every 5 s, the shortest that it takes.
final class JobRunrQueue implements JobQueue {
  private static final int PRODUCERS = 16;
  private static final int WORKERS = 32;
  private static final Duration POLL = Duration.ofSeconds(5);
  private static final String UNFINISHED =
      """
      SELECT count(*) FROM jobrunr_jobs
       WHERE state IN ('ENQUEUED', 'PROCESSING', 'SCHEDULED', 'FAILED')
      """;

  /// JobRunr makes handlers itself, so this is how they find it.
  private static @Nullable IntConsumer handler;

  private @Nullable HikariDataSource connections;
  private @Nullable JobRequestScheduler scheduler;

  record Job(int number) implements JobRequest {
    @Override
    public Class<JobHandler> getJobRequestHandler() {
      return JobHandler.class;
    }
  }

  /// Made by JobRunr.
  public static final class JobHandler implements JobRequestHandler<Job> {
    @Override
    public void run(Job job) {
      Objects.requireNonNull(handler).accept(job.number());
    }
  }

  @Override
  public void createSchema() {
    configuration(2).initialize();
  }

  @Override
  public void openProducer() {
    if (scheduler == null) {
      scheduler = configuration(PRODUCERS).initialize().getJobRequestScheduler();
    }
  }

  @Override
  public void enqueue(int job) {
    Objects.requireNonNull(scheduler).enqueue(new Job(job));
  }

  @Override
  public void enqueueAll(List<Integer> jobs) {
    Objects.requireNonNull(scheduler).enqueue(jobs.stream().map(Job::new));
  }

  @Override
  public void startWorker(IntConsumer handler) {
    JobRunrQueue.handler = handler;
    BackgroundJobServerConfiguration server =
        BackgroundJobServerConfiguration.usingStandardBackgroundJobServerConfiguration()
            .andPollInterval(POLL)
            .andWorkerCount(WORKERS);
    scheduler =
        configuration(WORKERS + 8)
            .useBackgroundJobServer(server)
            .initialize()
            .getJobRequestScheduler();
  }

  private JobRunrConfiguration configuration(int pool) {
    HikariDataSource opened = Connections.pool(pool);
    connections = opened;
    return JobRunr.configure().useStorageProvider(SqlStorageProviderFactory.using(opened));
  }

  @Override
  public long unfinished() throws SQLException {
    return Connections.count(Objects.requireNonNull(connections), UNFINISHED);
  }
}
