package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.run.Run;
import dev.errand.engine.run.Run.Metric;
import dev.errand.engine.run.Run.Note;
import dev.errand.engine.run.Run.Status;
import dev.errand.engine.run.Runs;
import dev.errand.engine.task.TaskId;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PostgresRunsTest {
  @RegisterExtension static final TestDatabase database = TestDatabase.migrated();

  private final PostgresRuns store = new PostgresRuns(database.pool());
  private final Runs runs = new Runs(store);

  @Test
  void what_was_completed_for_a_key_has_been_processed() {
    assertThat(runs.hasBeenProcessed("ada", "abc123", "search").processed()).isFalse();

    Run run = runs.start("ada", "abc123", "search", TaskId.next());
    assertThat(runs.hasBeenProcessed("ada", "abc123", "search").processed()).isFalse();
    runs.end("ada", run.id(), Status.COMPLETED);

    Runs.Processed processed = runs.hasBeenProcessed("ada", "abc123", "search");
    assertThat(processed.processed()).isTrue();
    assertThat(processed.lastAt()).isEqualTo(store.find(run.id()).orElseThrow().endedAt());
    assertThat(runs.hasBeenProcessed("bob", "abc123", "search").processed()).isFalse();
    assertThat(runs.hasBeenProcessed("ada", "abc123", null).processed()).isFalse();
  }

  @Test
  void the_latest_run_for_a_key_is_the_one_started_last() {
    runs.start("latest", "search:1", null, null);
    Run second = runs.start("latest", "1", "search", null);
    runs.start("latest", "search:2", null, null);
    runs.start("other", "search:1", null, null);

    assertThat(runs.latestRunForKey("latest", "search:1").map(Run::id)).contains(second.id());
    assertThat(runs.latestRunForKey("latest", "search:3")).isEmpty();
  }

  @Test
  void a_run_that_has_ended_stays_as_it_is() {
    Run run = runs.start("ada", "k", null, null);

    runs.end("ada", run.id(), Status.FAILED);
    runs.end("ada", run.id(), Status.COMPLETED);

    assertThat(runs.find("ada", run.id()).map(Run::status)).contains(Status.FAILED);
    assertThat(runs.end("bob", run.id(), Status.COMPLETED)).isEmpty();
  }

  @Test
  void metrics_and_notes_belong_to_their_run_and_go_with_it() {
    Run run = runs.start("ada", "k", null, null);

    runs.measure("ada", run.id(), "hits", 3);
    runs.measure("ada", run.id(), "hits", 4.5);
    runs.note("ada", run.id(), "first “ü”");
    runs.note("ada", run.id(), "second");

    assertThat(runs.metrics(run)).extracting(Metric::value).containsExactly(4.5);
    assertThat(runs.notes(run)).extracting(Note::text).containsExactly("first “ü”", "second");
    assertThat(runs.note("bob", run.id(), "x")).isFalse();
    assertThat(runs.measure("ada", UUID.randomUUID(), "x", 1)).isFalse();
    assertThat(runs.delete("bob", run.id())).isFalse();
    assertThat(runs.delete("ada", run.id())).isTrue();
    assertThat(store.notes(run.id())).isEmpty();
  }

  @Test
  void runs_are_listed_newest_first() {
    Run first = runs.start("lister", "a", null, null);
    Run second = runs.start("lister", "b", null, null);

    assertThat(runs.list("lister", null, null, 10))
        .extracting(Run::id)
        .containsExactly(second.id(), first.id());
    assertThat(runs.list("lister", null, second.id(), 10))
        .extracting(Run::id)
        .containsExactly(first.id());
    assertThat(runs.list("lister", "b", null, 10)).hasSize(1);
  }
}
