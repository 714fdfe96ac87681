package dev.errand.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.errand.testkit.model.Disagreement;
import dev.errand.testkit.model.ModelRun;
import dev.errand.testkit.model.PlantedBugTable;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/// The model test finds what is wrong in our SQL.
class PlantedSqlBugsTest {
  @RegisterExtension static final TestDatabase server = TestDatabase.empty();

  private static final ModelDatabases databases = new ModelDatabases(server);
  private static final PlantedBugTable TABLE = PlantedBugTable.in("../docs/planted-bugs.md");
  private static final String ELSEWHERE = "A_NOTIFICATION_IS_LOST";
  private static final int SEEDS = 10;
  private static final int OPERATIONS = 5_000;

  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = ELSEWHERE)
  void the_model_finds_the_bug_as_early_as_is_said(PlantedSqlBug bug) {
    Disagreement found = find(bug).orElseThrow(() -> new AssertionError("Not found: " + bug));

    TABLE.tells(bug.name(), bug.place(), "PlantedSqlBugsTest", found, OPERATIONS);
  }

  private static Optional<Disagreement> find(PlantedSqlBug bug) {
    ModelRun run = new ModelRun(() -> databases.emptyStore(bug));
    return LongStream.rangeClosed(1, SEEDS)
        .mapToObj(seed -> run.find(seed, OPERATIONS))
        .flatMap(Optional::stream)
        .findFirst();
  }

  @Test
  void nothing_is_said_of_bugs_that_are_not_there() {
    assertThat(TABLE.bugsOf("PlantedSqlBugsTest"))
        .containsExactlyInAnyOrderElementsOf(
            Stream.of(PlantedSqlBug.values())
                .map(Enum::name)
                .filter(name -> !name.equals(ELSEWHERE))
                .toList());
  }

  @AfterAll
  static void close() {
    databases.close();
  }
}
