package dev.errand.postgres;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.budget.Budgets;
import dev.errand.engine.event.Feed;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.lease.Workers;
import dev.errand.engine.limits.Rates;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.schedule.ScheduleStore;
import dev.errand.engine.task.TaskStore;
import dev.errand.engine.webhook.WebhookStore;
import dev.errand.testkit.contract.StoreUnderTest;
import javax.sql.DataSource;

/// Every store over one database.
abstract class PostgresStores implements StoreUnderTest {
  private final TaskStore tasks;
  private final Leases leases;
  private final History history;
  private final QueueStore queues;
  private final Workers workers;
  private final ArtifactStore artifacts;
  private final Budgets budgets;
  private final Rates rates;
  private final ScheduleStore schedules;
  private final WebhookStore webhooks;
  private final Feed feed;

  PostgresStores(DataSource pool, DataSource sessions) {
    tasks = new PostgresTasks(pool);
    leases = new PostgresLeases(pool, sessions);
    history = new PostgresHistory(pool);
    queues = new PostgresQueues(pool);
    workers = new PostgresWorkers(pool);
    artifacts = new PostgresArtifacts(pool);
    budgets = new PostgresBudgets(pool);
    rates = new PostgresRates(pool);
    schedules = new PostgresSchedules(pool);
    webhooks = new PostgresWebhooks(pool);
    feed = new PostgresFeed(pool);
  }

  @Override
  public final TaskStore tasks() {
    return tasks;
  }

  @Override
  public final Leases leases() {
    return leases;
  }

  @Override
  public final History history() {
    return history;
  }

  @Override
  public final QueueStore queues() {
    return queues;
  }

  @Override
  public final Workers workers() {
    return workers;
  }

  @Override
  public final ArtifactStore artifacts() {
    return artifacts;
  }

  @Override
  public final Budgets budgets() {
    return budgets;
  }

  @Override
  public final Rates rates() {
    return rates;
  }

  @Override
  public final ScheduleStore schedules() {
    return schedules;
  }

  @Override
  public final WebhookStore webhooks() {
    return webhooks;
  }

  @Override
  public final Feed feed() {
    return feed;
  }
}
