package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.lease.Outcome;
import dev.errand.engine.task.NewTask;
import dev.errand.engine.task.Task;
import dev.errand.engine.task.TaskFilter;
import dev.errand.engine.task.TaskId;
import dev.errand.engine.task.TaskStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What every list of tasks must show.
public abstract class TaskListContract extends StoreContract {
  private static final TaskFilter ALL = new TaskFilter(null, null, null, null, null, null, 200);

  @Test
  void without_tasks_there_is_nothing_to_list() {
    assertThat(listed(ALL)).isEmpty();
  }

  @Test
  void the_newest_task_comes_first() {
    TaskId first = submitted("echo");
    TaskId second = submitted("echo");
    TaskId third = submitted("echo");

    assertThat(listed(ALL)).containsExactly(third, second, first);
  }

  // Ids are made before the tasks are stored; those of concurrent callers arrive in any order.
  @Test
  void newest_means_the_greatest_id_not_the_one_that_was_stored_last() {
    NewTask older = TaskDraft.of("echo").task();
    NewTask newer = TaskDraft.of("echo").task();

    store().tasks().submit(List.of(newer));
    store().tasks().submit(List.of(older));

    assertThat(listed(ALL)).containsExactly(newer.id(), older.id());
  }

  @Test
  void a_listed_task_shows_what_a_found_one_shows() {
    TaskId completed = ended("echo", new Outcome.Completed("{\"said\":\"hello\"}"));
    TaskId failed = ended("echo", new Outcome.Failed(BROKEN));
    TaskId waiting = submitted(TaskDraft.of("echo").tags("a", "b").after(Duration.ofHours(1)));

    assertThat(store().tasks().list(ALL))
        .containsExactly(task(waiting), task(failed), task(completed));
  }

  @Test
  void an_owner_sees_only_their_own() {
    TaskId ada = submitted(TaskDraft.of("echo").owner("ada"));
    submitted(TaskDraft.of("echo").owner("adam"));
    submitted(TaskDraft.of("echo").owner("ADA"));

    assertThat(listed(owner("ada"))).containsExactly(ada);
  }

  @Test
  void tasks_are_listed_by_the_status_they_have_now() {
    TaskId cancelled = submitted("echo");
    store().tasks().cancel(cancelled);
    TaskId completed = ended("echo", new Outcome.Completed("{}"));
    TaskId failed = ended("echo", new Outcome.Failed(BROKEN));
    TaskId retrying = ended("echo", new Outcome.Retrying(BROKEN, Duration.ofHours(1)));
    TaskId running = running("echo").task();
    TaskId queued = submitted("echo");
    TaskId pending = submitted(TaskDraft.of("echo").after(Duration.ofHours(2)));

    assertThat(listed(status(TaskStatus.CANCELLED))).containsExactly(cancelled);
    assertThat(listed(status(TaskStatus.COMPLETED))).containsExactly(completed);
    assertThat(listed(status(TaskStatus.FAILED))).containsExactly(failed);
    assertThat(listed(status(TaskStatus.RETRYING))).containsExactly(retrying);
    assertThat(listed(status(TaskStatus.RUNNING))).containsExactly(running);
    assertThat(listed(status(TaskStatus.QUEUED))).containsExactly(queued);
    assertThat(listed(status(TaskStatus.PENDING))).containsExactly(pending);

    store().timePasses(Duration.ofHours(3));

    assertThat(listed(status(TaskStatus.PENDING))).isEmpty();
    assertThat(listed(status(TaskStatus.QUEUED))).containsExactly(pending, queued);
    assertThat(listed(status(TaskStatus.RETRYING))).containsExactly(retrying);
  }

  @Test
  void tasks_are_listed_by_type() {
    TaskId echo = submitted("echo");
    submitted("echo_twice");

    assertThat(listed(new TaskFilter(null, null, "echo", null, null, null, 200)))
        .containsExactly(echo);
  }

  @Test
  void tasks_are_listed_by_a_tag_among_their_tags() {
    TaskId both = submitted(TaskDraft.of("echo").tags("red", "blue"));
    TaskId blue = submitted(TaskDraft.of("echo").tags("blue"));
    submitted(TaskDraft.of("echo").tags("blueish", "Blue"));
    submitted("echo");

    assertThat(listed(tag("blue"))).containsExactly(blue, both);
    assertThat(listed(tag("lue"))).isEmpty();
  }

  @Test
  void text_is_found_anywhere_in_the_params_whatever_its_case() {
    TaskId berlin = submitted(TaskDraft.of("echo").params("{\"city\":\"Berlin Mitte\"}"));
    submitted(TaskDraft.of("echo").params("{\"city\":\"Bern\"}"));

    assertThat(listed(text("berlin"))).containsExactly(berlin);
    assertThat(listed(text("LIN MIT"))).containsExactly(berlin);
    assertThat(listed(text("CITY"))).hasSize(2);
    assertThat(listed(text("paris"))).isEmpty();
  }

  @Test
  void the_signs_of_patterns_stand_for_themselves_in_a_text() {
    TaskId percent = submitted(TaskDraft.of("echo").params("{\"text\":\"50% off\"}"));
    TaskId underscore = submitted(TaskDraft.of("echo").params("{\"text\":\"snake_case\"}"));
    submitted(TaskDraft.of("echo").params("{\"text\":\"500 offers, snakeXcase\"}"));

    assertThat(listed(text("50% o"))).containsExactly(percent);
    assertThat(listed(text("e_c"))).containsExactly(underscore);
    assertThat(listed(text("%"))).containsExactly(percent);
    assertThat(listed(text("'; --"))).isEmpty();
    assertThat(listed(text("(.*"))).isEmpty();
  }

  @Test
  void criteria_narrow_each_other() {
    TaskDraft draft = TaskDraft.of("echo").owner("ada").tags("blue").params("{\"a\":\"hello\"}");
    TaskId match = submitted(draft);
    submitted(draft.owner("grace"));
    submitted(draft.tags("red"));
    submitted(draft.params("{}"));
    submitted(draft.after(Duration.ofHours(1)));
    submitted(TaskDraft.of("sleep").params("{\"a\":\"hello\"}").tags("blue"));

    TaskFilter all = new TaskFilter("ada", TaskStatus.QUEUED, "echo", "blue", "HELLO", null, 200);

    assertThat(listed(all)).containsExactly(match);
  }

  @Test
  void pages_show_every_task_once() {
    List<TaskId> newestFirst =
        IntStream.range(0, 25).mapToObj(_ -> submitted("echo")).toList().reversed();

    assertThat(paged(10)).isEqualTo(newestFirst);
    assertThat(paged(5)).isEqualTo(newestFirst);
    assertThat(paged(1)).isEqualTo(newestFirst);
  }

  @Test
  void a_page_starts_after_a_task_even_if_the_filter_hides_that_one() {
    TaskId ada = submitted(TaskDraft.of("echo").owner("ada"));
    TaskId grace = submitted(TaskDraft.of("echo").owner("grace"));
    submitted(TaskDraft.of("echo").owner("ada"));

    assertThat(listed(new TaskFilter("ada", null, null, null, null, grace, 200)))
        .containsExactly(ada);
  }

  private List<TaskId> paged(int limit) {
    List<TaskId> seen = new ArrayList<>();
    List<TaskId> page = listed(page(null, limit));
    while (!page.isEmpty()) {
      assertThat(page).hasSizeLessThanOrEqualTo(limit);
      seen.addAll(page);
      page = listed(page(page.getLast(), limit));
    }
    return seen;
  }

  private List<TaskId> listed(TaskFilter filter) {
    return store().tasks().list(filter).stream().map(Task::id).toList();
  }

  private static TaskFilter page(@Nullable TaskId before, int limit) {
    return new TaskFilter(null, null, null, null, null, before, limit);
  }

  private static TaskFilter owner(String owner) {
    return new TaskFilter(owner, null, null, null, null, null, 200);
  }

  private static TaskFilter status(TaskStatus status) {
    return new TaskFilter(null, status, null, null, null, null, 200);
  }

  private static TaskFilter tag(String tag) {
    return new TaskFilter(null, null, null, tag, null, null, 200);
  }

  private static TaskFilter text(String text) {
    return new TaskFilter(null, null, null, null, text, null, 200);
  }
}
