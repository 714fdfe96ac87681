package dev.errand.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.errand.bench.evaluate.ResearchEvaluation.Findings;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds the floors that `errand bench evaluate` prints.
class ResearchEvaluationTest {
  private static final Path SQLITE =
      Path.of("..", "handlers", "src", "test", "resources", "sqlite").toAbsolutePath().normalize();

  @Test
  void research_is_as_good_as_it_was(@TempDir Path scratch) throws Exception {
    Findings findings = ResearchEvaluation.of(SQLITE, scratch);

    findings.figures().forEach(System.out::println);
    assertThat(findings.problems()).isEmpty();
    assertThat(findings.figures()).hasSize(8).allMatch(Figure::held);
    assertThat(findings.figures()).allMatch(figure -> figure.of() > 0);
  }

  @Test
  void a_ranking_is_measured_as_the_textbooks_do() {
    Quality perfect = Quality.of(List.of(3, 1, 2), Set.of(1, 2, 3));
    Quality second = Quality.of(List.of(9, 1, 8), Set.of(1));
    Quality nothing = Quality.of(List.of(), Set.of(1));

    assertThat(perfect).isEqualTo(new Quality(1, 1, 0.6, 1));
    assertThat(second.ndcg()).isCloseTo(0.6309, within(0.0001));
    assertThat(second.map()).isEqualTo(0.5);
    assertThat(nothing).isEqualTo(new Quality(0, 0, 0, 0));
  }
}
