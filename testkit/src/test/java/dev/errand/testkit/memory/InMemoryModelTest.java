package dev.errand.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.event.Event;
import dev.errand.engine.task.AttemptRecord;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskError;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.testkit.model.ModelRun;
import dev.errand.testkit.model.ModelledStore;
import dev.errand.testkit.model.StoreModelContract;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/// The reference against itself: a disagreement is a fault of the test.
class InMemoryModelTest extends StoreModelContract {
  private InMemoryUnderTest latest = InMemoryUnderTest.ticking(Rows::new);

  @Override
  protected ModelledStore emptyStore() {
    latest = InMemoryUnderTest.ticking(Rows::new);
    return latest;
  }

  @Test
  void a_run_meets_all_that_can_become_of_a_task() {
    assertThat(new ModelRun(this::emptyStore).run(1, 5_000)).isEmpty();

    List<Task> tasks =
        latest.tasks().list(new TaskFilter(null, null, null, null, null, null, 100_000));
    List<TaskId> ids = tasks.stream().map(Task::id).toList();
    assertThat(tasks)
        .extracting(Task::error)
        .filteredOn(Objects::nonNull)
        .extracting(TaskError::code)
        .contains(TaskError.WORKER_LOST, "broken");
    assertThat(tasks).anyMatch(task -> task.attempt() > 10);
    assertThat(tasks).anyMatch(Task::cancelRequested);
    assertThat(ids.stream().flatMap(id -> latest.tasks().attempts(id).stream()))
        .extracting(AttemptRecord::outcome)
        .contains("completed", "failed", "retrying", "cancelled", "released", "lost");
    assertThat(ids.stream().flatMap(id -> latest.history().events(id, 0, 1_000).stream()))
        .extracting(Event::type)
        .contains(
            "queued",
            "started",
            "progress",
            "step_started",
            "step_completed",
            "step_reused",
            "artifact_stored",
            "cancel_requested",
            "retrying",
            "released",
            "lost",
            "completed",
            "failed",
            "cancelled");
    assertThat(ids).anyMatch(id -> latest.leases().steps(id).size() > 1);
    assertThat(ids).anyMatch(id -> latest.history().log(id, 0, 10).size() > 1);
    assertThat(ids).anyMatch(id -> latest.artifacts().ofTask(id).size() > 1);
  }
}
