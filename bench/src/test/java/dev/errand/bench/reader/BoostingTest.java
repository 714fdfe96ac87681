package dev.errand.bench.reader;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.errand.bench.reader.Boosting.Examples;
import dev.errand.handlers.read.Trees;
import java.util.List;
import org.junit.jupiter.api.Test;

class BoostingTest {
  private static final Boosting BOOSTING =
      new Boosting("objective=cross_entropy learning_rate=0.5 num_leaves=2 min_data_in_leaf=5", 3);

  @Test
  void what_decides_is_found() {
    assertThat(BOOSTING.learn(examples())).hasSize(3).allMatch(tree -> tree.matches("1<9\\.5 .*"));
  }

  @Test
  void the_same_examples_give_the_same_trees() {
    assertThat(BOOSTING.learn(examples())).isEqualTo(BOOSTING.learn(examples()));
  }

  @Test
  void the_reader_reads_them() {
    List<String> trees = BOOSTING.learn(examples());
    assertThatCode(() -> Trees.of(trees, trees)).doesNotThrowAnyException();
  }

  /// The second number decides, from 10 on; the first says nothing.
  private static Examples examples() {
    Examples examples = new Examples();
    for (int i = 0; i < 100; i++) {
      examples.add(new float[] {i * 7 % 10, i % 20}, i % 20 < 10 ? 0 : 1, 1);
    }
    return examples;
  }
}
