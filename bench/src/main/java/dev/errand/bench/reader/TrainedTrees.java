package dev.errand.bench.reader;

import dev.errand.bench.reader.Boosting.Examples;
import dev.errand.handlers.read.DescribedPage;
import dev.errand.handlers.read.Trees;
import java.util.List;

/// The trees learned from examples: those that tell the type of a page, and those that choose its
/// text.
///
/// @param pageType a line for each tree
/// @param text a line for each tree
record TrainedTrees(List<String> pageType, List<String> text) {
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

  static TrainedTrees from(List<Example> examples) {
    return new TrainedTrees(pageType(examples), text(examples));
  }

  Trees trees() {
    return Trees.of(pageType, text);
  }

  /// Pages of other types teach nothing here.
  private static List<String> pageType(List<Example> examples) {
    Examples typed = new Examples();
    for (Example example : examples) {
      int type = DescribedPage.types().indexOf(example.known().type());
      if (type >= 0) {
        typed.add(example.page().traits(), type, 1);
      }
    }
    return PAGE_TYPE.learn(typed);
  }

  /// The type of each page is guessed by trees learned without its fold: on new pages the guess
  /// will be no better.
  private static List<String> text(List<Example> examples) {
    Examples stretches = new Examples();
    int[] folds = Folds.of(examples.stream().map(Example::known).toList(), TYPE_FOLDS);
    for (int fold = 0; fold < TYPE_FOLDS; fold++) {
      Trees types = Trees.of(pageType(Folds.pick(examples, folds, fold, false)), List.of());
      for (Example example : Folds.pick(examples, folds, fold, true)) {
        List<float[]> rows = example.page().rows(types);
        for (int i = 0; i < rows.size(); i++) {
          Example.Stretch stretch = example.stretches().get(i);
          stretches.add(rows.get(i), stretch.wanted(), stretch.weight());
        }
      }
    }
    return TEXT.learn(stretches);
  }
}
