package dev.errand.bench.reader;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Writes a tree of LightGBM's text format as the reader reads it: `FEATURE<THRESHOLD` asks,
/// followed by the tree for at most the threshold and the one for more; a number alone is an
/// answer.
final class TreeLines {
  private static final MathContext DIGITS = new MathContext(6);

  private final String[] features;
  private final String[] thresholds;
  private final String[] yes;
  private final String[] no;
  private final String[] answers;

  private TreeLines(Map<String, String> fields) {
    features = list(fields, "split_feature");
    thresholds = list(fields, "threshold");
    yes = list(fields, "left_child");
    no = list(fields, "right_child");
    answers = list(fields, "leaf_value");
  }

  /// @param model what LightGBM saves
  static List<String> of(String model) {
    List<String> lines = new ArrayList<>();
    for (String tree : model.split("\nTree=", -1)) {
      Map<String, String> fields = new HashMap<>();
      tree.lines()
          .map(line -> line.split("=", 2))
          .filter(field -> field.length == 2)
          .forEach(field -> fields.putIfAbsent(field[0], field[1]));
      if (fields.containsKey("leaf_value")) {
        StringBuilder line = new StringBuilder();
        TreeLines one = new TreeLines(fields);
        one.write(one.features.length == 0 ? -1 : 0, line);
        lines.add(line.toString());
      }
    }
    return lines;
  }

  private static String[] list(Map<String, String> fields, String name) {
    String values = fields.getOrDefault(name, "");
    return values.isEmpty() ? new String[0] : values.split(" ", -1);
  }

  /// @param node below 0 for an answer, counted down from -1
  private void write(int node, StringBuilder line) {
    if (node < 0) {
      line.append(rounded(answers[~node]));
      return;
    }
    line.append(features[node]).append('<').append(rounded(thresholds[node])).append(' ');
    write(Integer.parseInt(yes[node]), line);
    line.append(' ');
    write(Integer.parseInt(no[node]), line);
  }

  private static String rounded(String number) {
    return Float.toString(new BigDecimal(number).round(DIGITS).floatValue());
  }
}
