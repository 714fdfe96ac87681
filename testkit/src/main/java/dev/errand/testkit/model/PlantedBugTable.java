package dev.errand.testkit.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Assertions;

/// The table of planted bugs for people, which must say what is so.
public final class PlantedBugTable {
  private static final Pattern ROW =
      Pattern.compile("\\| `(\\w+)` \\| `([\\w.]+)` \\| `(\\w+)` \\| ([\\d,]+) \\|");

  private final List<Row> rows;

  private record Row(String bug, String place, String test, int operations) {}

  private PlantedBugTable(List<Row> rows) {
    this.rows = rows;
  }

  public static PlantedBugTable in(String file) {
    try {
      return new PlantedBugTable(
          ROW.matcher(Files.readString(Path.of(file)))
              .results()
              .map(PlantedBugTable::row)
              .toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Row row(MatchResult found) {
    return new Row(
        found.group(1),
        found.group(2),
        found.group(3),
        Integer.parseInt(found.group(4).replace(",", "")));
  }

  /// Fails unless the table has this bug and enough operations to find it.
  ///
  /// @param operations of each seed before, which found nothing
  public void tells(String bug, String place, String test, Disagreement found, int operations) {
    int after = (int) (found.seed() - 1) * operations + found.operations();
    boolean told =
        rows.stream()
            .filter(row -> row.bug().equals(bug) && row.place().equals(place))
            .anyMatch(row -> row.test().equals(test) && after <= row.operations());
    if (!told) {
      Assertions.fail(
          "docs/planted-bugs.md should say:%n| `%s` | `%s` | `%s` | %,d |%nfor it was found after %d operations: %s"
              .formatted(bug, place, test, rounded(after), after, found.found()));
    }
  }

  /// Fails unless the table has this bug, which a contract finds at once.
  public void tells(String bug, String place, String test) {
    Row row = new Row(bug, place, test, 1);
    if (!rows.contains(row)) {
      Assertions.fail("docs/planted-bugs.md should say: " + row);
    }
  }

  /// A change of the model may find it somewhat later.
  private static int rounded(int operations) {
    return IntStream.of(100, 500, 2_000, 5_000, 10_000)
        .filter(bound -> 3 * operations <= bound)
        .findFirst()
        .orElse(50_000);
  }

  /// The bugs that a test is said to find.
  public List<String> bugsOf(String test) {
    return rows.stream().filter(row -> row.test().equals(test)).map(Row::bug).toList();
  }
}
