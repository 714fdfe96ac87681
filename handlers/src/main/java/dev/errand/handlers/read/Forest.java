package dev.errand.handlers.read;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/// Gradient boosted decision trees: the sum of the trees' answers is the log-odds. Immutable.
///
/// Each tree is a line of a resource: `FEATURE<THRESHOLD` is a question, followed by the tree for
/// values up to the threshold and the tree for higher ones; a number alone is an answer.
final class Forest {
  private final List<Tree> trees;

  /// Node by node; an answer has the feature -1.
  private static final class Tree {
    private final int[] features;
    private final float[] values;
    private final int[] otherwise;

    private Tree(int nodes) {
      features = new int[nodes];
      values = new float[nodes];
      otherwise = new int[nodes];
    }

    static Tree of(String line) {
      String[] words = line.split(" ", -1);
      Tree tree = new Tree(words.length);
      int end = tree.parse(words, 0);
      if (end != words.length) {
        throw new IllegalStateException(
            "a tree has %d nodes too many".formatted(words.length - end));
      }
      return tree;
    }

    private int parse(String[] words, int at) {
      int sign = words[at].indexOf('<');
      values[at] = Float.parseFloat(words[at].substring(sign + 1));
      features[at] = sign < 0 ? -1 : Integer.parseInt(words[at].substring(0, sign));
      if (sign < 0) {
        return at + 1;
      }
      otherwise[at] = parse(words, at + 1);
      return parse(words, otherwise[at]);
    }

    float answer(float[] row) {
      int node = 0;
      while (features[node] >= 0) {
        node = row[features[node]] <= values[node] ? node + 1 : otherwise[node];
      }
      return values[node];
    }
  }

  private Forest(List<Tree> trees) {
    this.trees = trees;
  }

  /// @param lines a tree each; those that begin with `#` are notes
  static Forest of(List<String> lines) {
    return new Forest(lines.stream().filter(line -> !line.startsWith("#")).map(Tree::of).toList());
  }

  /// @param name of a resource beside this class
  static Forest named(String name) {
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(Forest.class.getResourceAsStream(name), name),
                StandardCharsets.US_ASCII))) {
      return of(lines.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// The probability of what the trees learned, 0 to 1.
  double probability(float[] row) {
    double sum = 0;
    for (Tree tree : trees) {
      sum += tree.answer(row);
    }
    return 1 / (1 + Math.exp(-sum));
  }

  /// The probability of each of `count` classes (softmax): tree `i` is for class `i % count`.
  double[] shares(float[] row, int count) {
    double[] shares = new double[count];
    for (int i = 0; i < trees.size(); i++) {
      shares[i % count] += trees.get(i).answer(row);
    }
    double all = 0;
    for (int i = 0; i < count; i++) {
      shares[i] = Math.exp(shares[i]);
      all += shares[i];
    }
    for (int i = 0; i < count; i++) {
      shares[i] /= all;
    }
    return shares;
  }
}
