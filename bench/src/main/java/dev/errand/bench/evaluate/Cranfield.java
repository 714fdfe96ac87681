package dev.errand.bench.evaluate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The Cranfield collection (Cleverdon, 1967): abstracts on aerodynamics, queries, and judgements
/// of which abstract is relevant to which query.
///
/// @param documents by number
/// @param queries in order; the judgements count them from 1
public record Cranfield(Map<Integer, Abstract> documents, List<Query> queries) {
  private static final Pattern RECORD = Pattern.compile("(?m)^\\.I (\\d+)\\s*$");
  private static final Pattern BLANKS = Pattern.compile("\\s+");
  private static final Pattern PARAGRAPH = Pattern.compile("\n(?=  )");

  public record Abstract(String title, List<String> paragraphs) {
    public Abstract {
      paragraphs = List.copyOf(paragraphs);
    }

    String text() {
      return String.join("\n", paragraphs);
    }
  }

  /// @param number from 1; weights may be fitted to odd ones only
  /// @param relevant documents judged to be of any use
  public record Query(int number, String text, Set<Integer> relevant) {
    public Query {
      relevant = Set.copyOf(relevant);
    }

    boolean heldOut() {
      return number % 2 == 0;
    }
  }

  public Cranfield {
    documents = Map.copyOf(documents);
    queries = List.copyOf(queries);
  }

  /// @param folder with `cran.all.1400` and `cran.qry` in SMART's format, and `cranqrel`
  public static Cranfield in(Path folder) throws IOException {
    Map<Integer, Abstract> documents = new HashMap<>();
    for (String entry : records(folder.resolve("cran.all.1400"))) {
      documents.put(
          Integer.valueOf(entry.lines().findFirst().orElse("").strip()),
          new Abstract(line(field(entry, 'T')), paragraphs(field(entry, 'W'))));
    }
    Map<Integer, Set<Integer>> judged = judgements(folder.resolve("cranqrel"));
    List<Query> queries = new ArrayList<>();
    for (String entry : records(folder.resolve("cran.qry"))) {
      int number = queries.size() + 1;
      queries.add(
          new Query(number, line(field(entry, 'W')), judged.getOrDefault(number, Set.of())));
    }
    return new Cranfield(documents, queries);
  }

  /// Each with its number as its first line.
  private static List<String> records(Path file) throws IOException {
    return RECORD
        .splitAsStream(RECORD.matcher(Files.readString(file)).replaceAll(".I 0\n$1"))
        .filter(entry -> !entry.isBlank())
        .map(String::strip)
        .toList();
  }

  private static String field(String entry, char name) {
    StringBuilder text = new StringBuilder();
    boolean inside = false;
    for (String line : entry.lines().toList()) {
      if (line.matches("\\.[TABW]\\s*")) {
        inside = line.charAt(1) == name;
      } else if (inside) {
        text.append(line).append('\n');
      }
    }
    return text.toString();
  }

  private static String line(String text) {
    return BLANKS.matcher(text).replaceAll(" ").strip();
  }

  private static List<String> paragraphs(String text) {
    return PARAGRAPH
        .splitAsStream(text)
        .map(Cranfield::line)
        .filter(one -> !one.isEmpty())
        .toList();
  }

  /// A grade below 1 says that the abstract is of no use.
  private static Map<Integer, Set<Integer>> judgements(Path file) throws IOException {
    Map<Integer, Set<Integer>> relevant = new HashMap<>();
    for (String line : Files.readAllLines(file)) {
      String[] parts = BLANKS.split(line.strip(), -1);
      if (parts.length >= 3 && Integer.parseInt(parts[2]) > 0) {
        relevant
            .computeIfAbsent(Integer.valueOf(parts[0]), _ -> new HashSet<>())
            .add(Integer.valueOf(parts[1]));
      }
    }
    return relevant;
  }
}
