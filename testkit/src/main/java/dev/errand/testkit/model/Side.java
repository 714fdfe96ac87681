package dev.errand.testkit.model;

import dev.errand.engine.artifact.ArtifactStore;
import dev.errand.engine.event.History;
import dev.errand.engine.lease.Leases;
import dev.errand.engine.queue.QueueStore;
import dev.errand.engine.task.TaskStore;
import java.time.Instant;

/// One of the two stores as an operation sees it.
///
/// @param now the present on this side when the operation began
record Side(
    TaskStore tasks,
    Leases leases,
    History history,
    QueueStore queues,
    ArtifactStore artifacts,
    Instant now,
    boolean underTest) {

  /// What belongs to this side.
  <T> T own(Both<T> both) {
    return underTest ? both.subject() : both.reference();
  }
}
