package dev.errand.bench.reader;

import dev.errand.bench.reader.Boosting.Examples;
import dev.errand.handlers.read.DescribedPage;
import dev.errand.handlers.read.Trees;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// What is learned from examples: trees that tell the type of a page, and trees that choose its
/// text.
///
/// @param pageType a line for each tree
/// @param text a line for each tree
record Lesson(List<String> pageType, List<String> text) {
  private static final int TYPE_FOLDS = 5;
  private static final Boosting PAGE_TYPE =
      new Boosting(
          "objective=multiclass num_class=%d learning_rate=0.06 num_leaves=8 min_data_in_leaf=6"
                  .formatted(DescribedPage.types().size())
              + " feature_fraction=0.4 bagging_fraction=0.8 bagging_freq=1 lambda_l2=3",
          70);
  private static final Boosting TEXT =
      new Boosting(
          "objective=cross_entropy learning_rate=0.06 num_leaves=31 min_data_in_leaf=60"
              + " feature_fraction=0.2 bagging_fraction=0.7 bagging_freq=1 lambda_l2=5",
          200);

  static Lesson from(List<Example> examples) {
    return new Lesson(pageType(examples), text(examples));
  }

  Trees trees() {
    return Trees.of(pageType, text);
  }

  private static List<String> pageType(List<Example> examples) {
    float[] labels = new float[examples.size()];
    float[] weights = new float[examples.size()];
    Arrays.fill(weights, 1);
    for (int i = 0; i < labels.length; i++) {
      labels[i] = DescribedPage.types().indexOf(examples.get(i).known().type());
    }
    List<float[]> traits = examples.stream().map(example -> example.page().traits()).toList();
    return PAGE_TYPE.learn(new Examples(traits, labels, weights));
  }

  /// The types that these trees go by are told by trees that do not know the page: on pages of
  /// others they will be no better.
  private static List<String> text(List<Example> examples) {
    List<float[]> rows = new ArrayList<>();
    List<Example> inOrder = new ArrayList<>();
    int[] folds = Folds.of(examples.stream().map(Example::known).toList(), TYPE_FOLDS);
    for (int fold = 0; fold < TYPE_FOLDS; fold++) {
      List<Example> others = Folds.pick(examples, folds, fold, false);
      Trees types = Trees.of(pageType(others), List.of());
      for (Example example : Folds.pick(examples, folds, fold, true)) {
        rows.addAll(example.page().rows(types));
        inOrder.add(example);
      }
    }
    return TEXT.learn(
        new Examples(
            rows, joined(inOrder, Example::shares), joined(inOrder, Example::weights)));
  }

  private static float[] joined(List<Example> examples, Function<Example, float[]> part) {
    int size = examples.stream().mapToInt(example -> part.apply(example).length).sum();
    float[] joined = new float[size];
    int at = 0;
    for (Example example : examples) {
      float[] values = part.apply(example);
      System.arraycopy(values, 0, joined, at, values.length);
      at += values.length;
    }
    return joined;
  }
}
