package dev.errand.bench.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// A question, and parts of the sentences that answer it.
///
/// @param number from 1; weights may be fitted to odd ones only
/// @param answers each enough on its own; none when the pages do not answer the question
record Nugget(int number, String question, List<String> answers) {

  /// The questions of a file as its README.md describes it.
  static List<Nugget> in(Path file) throws IOException {
    var nuggets = new ArrayList<Nugget>();
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("? ")) {
        nuggets.add(new Nugget(nuggets.size() + 1, line.substring(2), new ArrayList<>()));
      } else if (line.startsWith("= ")) {
        nuggets.getLast().answers().add(line.substring(2));
      }
    }
    return nuggets;
  }

  boolean isAnswerable() {
    return !answers.isEmpty();
  }

  boolean isHeldOut() {
    return number % 2 == 0;
  }

  boolean isIn(String quote) {
    var line = quote.replaceAll("\\s+", " ");
    return answers.stream().anyMatch(line::contains);
  }
}
