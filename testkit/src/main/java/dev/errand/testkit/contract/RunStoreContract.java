package dev.errand.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.engine.run.Run;
import dev.errand.engine.run.Run.Metric;
import dev.errand.engine.run.Run.Note;
import dev.errand.engine.run.Run.Status;
import dev.errand.engine.run.RunStore;
import dev.errand.engine.run.Runs;
import dev.errand.engine.task.TaskId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// What every [RunStore] must remember, seen through [Runs].
public abstract class RunStoreContract {
  private static final Duration MONTH = Duration.ofDays(30);

  /// The store of this test, which held nothing when the test began.
  protected abstract RunStore store();

  private Runs runs() {
    return new Runs(store());
  }

  @Test
  void what_was_completed_for_a_key_has_been_processed() {
    assertThat(runs().hasBeenProcessed("ada", "abc123", "search").processed()).isFalse();

    Run run = runs().start("ada", "abc123", "search", TaskId.next());
    assertThat(runs().hasBeenProcessed("ada", "abc123", "search").processed()).isFalse();
    runs().end("ada", run.id(), Status.COMPLETED);

    Runs.Processed processed = runs().hasBeenProcessed("ada", "abc123", "search");
    assertThat(processed.processed()).isTrue();
    assertThat(processed.lastAt()).isEqualTo(store().find(run.id()).orElseThrow().endedAt());
    assertThat(runs().hasBeenProcessed("bob", "abc123", "search").processed()).isFalse();
    assertThat(runs().hasBeenProcessed("ada", "abc123", null).processed()).isFalse();
  }

  @Test
  void the_latest_run_for_a_key_is_the_one_started_last() {
    runs().start("ada", "search:1", null, null);
    Run second = runs().start("ada", "1", "search", null);
    runs().start("ada", "search:2", null, null);
    runs().start("bob", "search:1", null, null);

    assertThat(runs().latestRunForKey("ada", "search:1").map(Run::id)).contains(second.id());
    assertThat(runs().latestRunForKey("ada", "search:3")).isEmpty();
  }

  @Test
  void the_same_run_is_started_once() {
    UUID id = TaskId.next().value();

    Run first = store().start(id, "ada", "k", null);

    assertThat(store().start(id, "bob", "other", null)).isEqualTo(first);
  }

  @Test
  void a_run_that_has_ended_stays_as_it_is() {
    Run run = runs().start("ada", "k", null, null);

    runs().end("ada", run.id(), Status.FAILED);
    runs().end("ada", run.id(), Status.COMPLETED);

    assertThat(runs().find("ada", run.id()).map(Run::status)).contains(Status.FAILED);
    assertThat(runs().end("bob", run.id(), Status.COMPLETED)).isEmpty();
  }

  @Test
  void of_eight_that_end_a_run_at_once_one_does() throws Exception {
    Run run = runs().start("ada", "k", null, null);
    List<Callable<Boolean>> racers =
        Stream.<Callable<Boolean>>generate(() -> () -> store().end(run.id(), Status.COMPLETED))
            .limit(8)
            .toList();

    assertThat(Race.between(racers)).containsOnlyOnce(true);
  }

  @Test
  void metrics_and_notes_belong_to_their_run_and_go_with_it() {
    Run run = runs().start("ada", "k", null, null);

    runs().measure("ada", run.id(), "hits", 3);
    runs().measure("ada", run.id(), "hits", 4.5);
    runs().measure("ada", run.id(), "errors", 0);
    runs().note("ada", run.id(), "first “ü”");
    runs().note("ada", run.id(), "second");

    assertThat(runs().metrics(run)).extracting(Metric::value).containsExactly(0.0, 4.5);
    assertThat(runs().notes(run)).extracting(Note::text).containsExactly("first “ü”", "second");
    assertThat(runs().note("bob", run.id(), "x")).isFalse();
    assertThat(runs().measure("ada", UUID.randomUUID(), "x", 1)).isFalse();
    assertThat(runs().delete("bob", run.id())).isFalse();
    assertThat(runs().delete("ada", run.id())).isTrue();
    assertThat(store().notes(run.id())).isEmpty();
    assertThat(store().metrics(run.id())).isEmpty();
  }

  @Test
  void runs_are_listed_newest_first() {
    Run first = runs().start("ada", "a", null, null);
    Run second = runs().start("ada", "b", null, null);

    assertThat(runs().list("ada", null, null, 10))
        .extracting(Run::id)
        .containsExactly(second.id(), first.id());
    assertThat(runs().list("ada", null, second.id(), 10))
        .extracting(Run::id)
        .containsExactly(first.id());
    assertThat(runs().list("ada", "b", null, 10)).hasSize(1);
  }

  @Test
  void runs_that_were_started_too_long_ago_are_forgotten_with_all_that_belongs_to_them() {
    Run old = started(MONTH.plusDays(1));
    Run recent = started(MONTH.minusDays(1));
    Stream.of(old, recent)
        .forEach(run -> {
          store().note(run.id(), "kept");
          store().measure(run.id(), "hits", 1);
        });

    assertThat(store().forget(MONTH)).isEqualTo(1);

    assertThat(store().find(old.id())).isEmpty();
    assertThat(store().notes(old.id())).isEmpty();
    assertThat(store().metrics(old.id())).isEmpty();
    assertThat(store().find(recent.id())).contains(recent);
    assertThat(store().notes(recent.id())).hasSize(1);
    assertThat(store().forget(MONTH)).isZero();
  }

  /// A run whose id says that it was started so long ago.
  private Run started(Duration ago) {
    long millis = Instant.now().minus(ago).toEpochMilli();
    return store().start(new UUID(millis << 16 | 0x7000, 1L << 63), "ada", "k", null);
  }
}
