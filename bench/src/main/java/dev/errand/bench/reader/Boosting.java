package dev.errand.bench.reader;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.List;

/// Learns decision trees by gradient boosting, which LightGBM does. The same examples and settings
/// give the same trees on the same kind of machine.
///
/// @param settings parameters of LightGBM
/// @param rounds how often a tree is added, or one for each class
record Boosting(String settings, int rounds) {
  private static final String ALWAYS =
      " seed=1 deterministic=true force_row_wise=true num_threads=2 max_bin=63 verbosity=-1";

  /// What to learn from: in each row the numbers that describe one thing, and what is true of it.
  ///
  /// @param labels the share that is right, or the number of a class
  /// @param weights how much each counts
  record Examples(List<float[]> rows, float[] labels, float[] weights) {
    private float[] flat() {
      int columns = rows.getFirst().length;
      float[] flat = new float[rows.size() * columns];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, flat, i * columns, columns);
      }
      return flat;
    }
  }

  /// A line for each tree, as the reader reads them.
  List<String> learn(Examples examples) {
    String all = settings + ALWAYS;
    try (LGBMDataset data =
        LGBMDataset.createFromMat(
            examples.flat(),
            examples.rows().size(),
            examples.rows().getFirst().length,
            true,
            all,
            null)) {
      data.setField("label", examples.labels());
      data.setField("weight", examples.weights());
      try (LGBMBooster booster = LGBMBooster.create(data, all)) {
        for (int round = 0; round < rounds; round++) {
          booster.updateOneIter();
        }
        return TreeLines.of(booster.saveModelToString(0, 0, FeatureImportanceType.GAIN));
      }
    } catch (LGBMException e) {
      throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
    }
  }
}
