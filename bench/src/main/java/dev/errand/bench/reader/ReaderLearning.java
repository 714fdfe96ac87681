package dev.errand.bench.reader;

import dev.errand.handlers.read.Reader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.TreeSet;

/// Learns the reader's trees, and cross-validates them: measures such trees on pages that they were
/// not learned from.
final class ReaderLearning {
  private final PrintStream out;
  private final List<Example> examples;

  ReaderLearning(PrintStream out, List<KnownPage> pages) {
    this.out = out;
    this.examples = pages.stream().map(Example::of).toList();
  }

  /// Writes the trees that all pages teach.
  ///
  /// @param folder where the reader's resources are
  void learn(Path folder) throws IOException {
    TrainedTrees trained = TrainedTrees.from(examples);
    Files.write(folder.resolve("page-type.forest"), trained.pageType());
    Files.write(folder.resolve("text.forest"), trained.text());
    out.printf(
        "Learned %d trees for types and %d for text from %d pages.%n",
        trained.pageType().size(), trained.text().size(), examples.size());
  }

  /// Prints the mean F1 of each type of page, every page read by trees learned without its part.
  void crossValidate(int folds) {
    List<KnownPage> pages = examples.stream().map(Example::known).toList();
    int[] parts = Folds.of(pages, folds);
    List<Double> scores = new ArrayList<>(Collections.nCopies(pages.size(), 0.0));
    for (int part = 0; part < folds; part++) {
      TrainedTrees trained = TrainedTrees.from(Folds.pick(examples, parts, part, false));
      Contestant taught = Contestant.errand(new Reader(trained.trees()));
      for (int i = 0; i < parts.length; i++) {
        if (parts[i] == part) {
          scores.set(i, taught.score(pages.get(i)).f1());
        }
      }
      out.printf("Part %d of %d is read.%n", part + 1, folds);
    }
    for (String type : new TreeSet<>(pages.stream().map(KnownPage::type).toList())) {
      print(type, scores, pages);
    }
    print("", scores, pages);
  }

  /// @param type empty for all
  private void print(String type, List<Double> scores, List<KnownPage> pages) {
    List<Double> some = new ArrayList<>();
    for (int i = 0; i < pages.size(); i++) {
      if (type.isEmpty() || pages.get(i).type().equals(type)) {
        some.add(scores.get(i));
      }
    }
    double mean = some.stream().mapToDouble(Double::doubleValue).average().orElse(0);
    out.printf(
        Locale.ROOT, "%-14s %5d | %6.3f%n", type.isEmpty() ? "all" : type, some.size(), mean);
  }
}
