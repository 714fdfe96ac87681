package dev.errand.testkit.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.testkit.model.Disagreement;
import dev.errand.testkit.model.ModelRun;
import dev.errand.testkit.model.PlantedBugTable;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// The model test is only worth its time if it finds what is wrong.
class PlantedBugsTest {
  private static final int SEEDS = 10;
  private static final int OPERATIONS = 5_000;
  private static final int SHORT = 60;
  private static final PlantedBugTable TABLE = PlantedBugTable.in("../docs/planted-bugs.md");

  @ParameterizedTest
  @EnumSource
  void the_model_finds_the_bug_and_a_short_way_to_it(PlantedBug bug) {
    Disagreement found = find(bug).orElseThrow(() -> new AssertionError("Not found: " + bug));

    assertThat(found.trace()).as(found.report()).isNotEmpty().hasSizeLessThanOrEqualTo(SHORT);
    assertThat(found.differences()).isNotEmpty();
    TABLE.tells(bug.name(), "InMemoryStore", "PlantedBugsTest", found, OPERATIONS);
  }

  @Test
  void nothing_is_said_of_bugs_that_are_not_there() {
    assertThat(TABLE.bugsOf("PlantedBugsTest"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(PlantedBug.values()).map(Enum::name).toList());
  }

  private static Optional<Disagreement> find(PlantedBug bug) {
    ModelRun run = new ModelRun(() -> InMemoryUnderTest.ticking(bug::planted));
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(seed -> run.run(seed, OPERATIONS))
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Test
  void the_report_says_what_differs_how_to_get_there_and_how_to_repeat_it() {
    Disagreement found = find(PlantedBug.RETRY_FORGETS_STEPS).orElseThrow();

    assertThat(found.report())
        .contains("seed " + found.seed())
        .contains("step")
        .contains("FinishStep[lease=")
        .contains("Retry[task=t")
        .contains("-Derrand.model.seed=" + found.seed());
  }

  @Test
  void a_store_that_throws_is_found_as_well() {
    ModelRun run =
        new ModelRun(() ->
            InMemoryUnderTest.ticking(clock ->
                new Rows(clock) {
                  @Override
                  List<TaskRow> lost() {
                    throw new IllegalStateException("out of order");
                  }
                }));

    Disagreement found = run.run(1, OPERATIONS).orElseThrow();

    assertThat(found.trace()).containsExactly("Rescue[]");
    assertThat(found.report()).contains("out of order");
  }
}
