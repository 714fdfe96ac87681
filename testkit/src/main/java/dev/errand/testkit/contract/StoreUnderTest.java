package dev.errand.testkit.contract;

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
import java.time.Duration;
import java.time.Instant;

/// All stores over one state, empty at first, and a hand on its time.
public interface StoreUnderTest extends AutoCloseable {

  TaskStore tasks();

  Leases leases();

  History history();

  QueueStore queues();

  Workers workers();

  ArtifactStore artifacts();

  Budgets budgets();

  Rates rates();

  ScheduleStore schedules();

  WebhookStore webhooks();

  Feed feed();

  /// The present as the store would stamp it on something that happens now.
  Instant now();

  /// Lets `time` pass for everything the store holds.
  ///
  /// A store whose clock can be set moves it on. One whose clock is the world's moves every
  /// timestamp it holds (every column of such a type, but no text) as far into the past; then
  /// [#now] stays, and what was written before looks older. Nothing in these contracts can tell the
  /// two apart: they look at how long ago something was, never at the date.
  void timePasses(Duration time);

  /// How long ago the store may seem to have done what it did just now: zero for a clock that
  /// stands still, some seconds for the world's.
  Duration precision();

  /// Ends the use of this store; the next one starts empty.
  @Override
  void close();
}
