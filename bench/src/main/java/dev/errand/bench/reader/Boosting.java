package dev.errand.bench.reader;

import io.github.metarank.lightgbm4j.LGBMBooster;
import io.github.metarank.lightgbm4j.LGBMBooster.FeatureImportanceType;
import io.github.metarank.lightgbm4j.LGBMDataset;
import io.github.metarank.lightgbm4j.LGBMException;
import java.util.ArrayList;
import java.util.List;

/// Learns decision trees by gradient boosting, with LightGBM. Deterministic on one kind of machine.
///
/// @param settings parameters of LightGBM
/// @param rounds how often a tree is added, or one for each class
record Boosting(String settings, int rounds) {
  private static final String ALWAYS =
      " seed=1 deterministic=true force_row_wise=true num_threads=2 max_bin=63 verbosity=-1";

  /// The labelled examples to learn from.
  static final class Examples {
    private final List<float[]> rows = new ArrayList<>();
    private final List<Float> labels = new ArrayList<>();
    private final List<Float> weights = new ArrayList<>();

    /// @param row the features, as many as in every other row
    /// @param label the truth: a probability, or the number of a class
    /// @param weight how much the example counts
    void add(float[] row, float label, float weight) {
      rows.add(row);
      labels.add(label);
      weights.add(weight);
    }

    private LGBMDataset dataset(String settings) throws LGBMException {
      int columns = rows.getFirst().length;
      float[] all = new float[rows.size() * columns];
      for (int i = 0; i < rows.size(); i++) {
        System.arraycopy(rows.get(i), 0, all, i * columns, columns);
      }
      LGBMDataset data = LGBMDataset.createFromMat(all, rows.size(), columns, true, settings, null);
      data.setField("label", array(labels));
      data.setField("weight", array(weights));
      return data;
    }

    private static float[] array(List<Float> values) {
      float[] array = new float[values.size()];
      for (int i = 0; i < array.length; i++) {
        array[i] = values.get(i);
      }
      return array;
    }
  }

  /// A line for each tree, as the reader reads them.
  List<String> learn(Examples examples) {
    String all = settings + ALWAYS;
    try (LGBMDataset data = examples.dataset(all);
        LGBMBooster booster = LGBMBooster.create(data, all)) {
      for (int round = 0; round < rounds; round++) {
        booster.updateOneIter();
      }
      return TreeLines.of(booster.saveModelToString(0, 0, FeatureImportanceType.GAIN));
    } catch (LGBMException e) {
      throw new IllegalStateException("LightGBM: " + e.getMessage(), e);
    }
  }
}
