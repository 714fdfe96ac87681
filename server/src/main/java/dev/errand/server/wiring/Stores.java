package dev.errand.server.wiring;

import dev.errand.engine.artifact.ArtifactStorage;
import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.cache.Cache;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.retention.RetentionStore;
import dev.errand.engine.run.RunStore;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.task.TaskStore;
import dev.errand.postgres.HistoryPartitions;
import dev.errand.postgres.PostgresArtifacts;
import dev.errand.postgres.PostgresBudgets;
import dev.errand.postgres.PostgresCache;
import dev.errand.postgres.PostgresHistory;
import dev.errand.postgres.PostgresLeases;
import dev.errand.postgres.PostgresQueues;
import dev.errand.postgres.PostgresRates;
import dev.errand.postgres.PostgresRetention;
import dev.errand.postgres.PostgresRuns;
import dev.errand.postgres.PostgresSchedules;
import dev.errand.postgres.PostgresSignals;
import dev.errand.postgres.PostgresTasks;
import dev.errand.postgres.PostgresWorkers;
import dev.errand.server.config.Settings;
import dev.errand.server.data.DataDirectory;
import dev.errand.server.database.Database;
import dev.errand.server.database.PartitionsAhead;
import dev.errand.server.health.HealthCheck;
import dev.errand.server.metrics.MeasuredLeases;
import dev.errand.server.metrics.MeasuredTasks;
import dev.errand.server.metrics.TaskMeters;
import dev.errand.storage.filesystem.FilesystemStorage;
import java.io.IOException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;

/// Where everything is kept.
@Configuration(proxyBeanMethods = false)
public class Stores {
  @Bean
  PostgresTasks postgresTasks(Database database, TaskMeters meters) {
    return new PostgresTasks(database.connections(), meters::storedTogether);
  }

  @Bean
  @Primary
  TaskStore taskStore(PostgresTasks tasks, TaskMeters meters) {
    return new MeasuredTasks(tasks, meters);
  }

  @Bean
  History history(Database database) {
    return new PostgresHistory(database.connections());
  }

  @Bean
  Leases leases(Database database, TaskMeters meters) {
    return new MeasuredLeases(
        new PostgresLeases(database.connections(), database.sessions()), meters);
  }

  @Bean
  QueueStore queueStore(Database database) {
    return new PostgresQueues(database.connections());
  }

  @Bean
  Rates rates(Database database) {
    return new PostgresRates(database.connections());
  }

  @Bean
  Workers workers(Database database) {
    return new PostgresWorkers(database.connections());
  }

  @Bean
  ArtifactStore artifactStore(Database database) {
    return new PostgresArtifacts(database.connections());
  }

  @Bean
  ScheduleStore scheduleStore(Database database) {
    return new PostgresSchedules(database.connections());
  }

  @Bean
  RunStore runStore(Database database) {
    return new PostgresRuns(database.connections());
  }

  @Bean
  Budgets budgets(Database database) {
    return new PostgresBudgets(database.connections());
  }

  @Bean
  Cache cache(Database database) {
    return new PostgresCache(database.connections());
  }

  @Bean
  ArtifactStorage artifactStorage(Settings settings) {
    try {
      return new FilesystemStorage(settings.artifacts());
    } catch (IOException e) {
      throw new DataDirectory.Unusable(
          "The artifact directory %s cannot be used (%s). Choose another one with ERRAND_ARTIFACT_DIR, or give it to this user."
              .formatted(settings.artifacts(), e));
    }
  }

  @Bean
  PostgresSignals signals(Database database) {
    return PostgresSignals.start(database.sessions());
  }

  @Bean
  RetentionStore retentionStore(Database database) {
    return new PostgresRetention(database.connections());
  }

  @Bean
  PartitionsAhead partitionsAhead(Database database) {
    return PartitionsAhead.start(new HistoryPartitions(database.connections()));
  }

  @Bean
  HealthCheck signalsCheck(PostgresSignals signals) {
    return new HealthCheck("signals", signals::healthy);
  }

  @Bean
  HealthCheck partitionsCheck(PartitionsAhead partitions) {
    return new HealthCheck("partitions", partitions::healthy);
  }

  @Bean
  HealthCheck diskCheck(DataDirectory data) {
    return new HealthCheck("disk", data::hasSpace);
  }

  @Bean
  HealthCheck databaseCheck(Database database) {
    return new HealthCheck("database", database::answers);
  }
}
