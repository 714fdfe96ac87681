package dev.errand.handlers.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Takes from the pages of a printed document what stands at the top or bottom of many of them:
/// running headers, footers and page numbers.
///
/// A line goes where its number counts the pages, or where it is the same on a quarter of them;
/// then it stays on the first of these, where it may be the title or the head of a table.
final class RunningLines {
  private static final int FEWEST_PAGES = 3;
  private static final int SMALLEST_PART = 4;
  private static final int MOST_LINES = 3;
  private static final Pattern LINE = Pattern.compile("[^\\n\\r\u2029]*\\S[^\\n\\r\u2029]*");
  private static final Pattern NUMBER = Pattern.compile("(?<!\\d)\\d{1,4}(?!\\d)");
  private static final Pattern DIGITS = Pattern.compile("\\d+");
  private static final String COUNTS = "#";
  private static final String SAME = "=";

  private RunningLines() {}

  /// A page whose lines are looked at from both ends.
  private static final class Page {
    private final String text;
    private final List<MatchResult> lines;
    private final List<MatchResult> running = new ArrayList<>();
    private int top;
    private int bottom;

    Page(String text) {
      this.text = text;
      this.lines = LINE.matcher(text).results().toList();
      this.bottom = lines.size() - 1;
    }

    /// The outermost line that was not looked at yet.
    Optional<MatchResult> edge(boolean atTop) {
      return top > bottom ? Optional.empty() : Optional.of(lines.get(atTop ? top : bottom));
    }

    void pass(boolean atTop, boolean keeping) {
      MatchResult line = lines.get(atTop ? top++ : bottom--);
      if (!keeping) {
        running.add(line);
      }
    }

    String left() {
      StringBuilder left = new StringBuilder(text);
      running.stream()
          .sorted((one, other) -> other.start() - one.start())
          .forEach(line -> left.delete(line.start(), endOf(line)));
      return left.toString();
    }

    private int endOf(MatchResult line) {
      return text.startsWith("\n", line.end()) ? line.end() + 1 : line.end();
    }
  }

  /// @param texts of the pages, in order
  /// @return the same without the lines that run through them
  static List<String> removed(List<String> texts) {
    List<Page> pages = texts.stream().map(Page::new).toList();
    for (int line = 0; line < MOST_LINES; line++) {
      remove(pages, true);
      remove(pages, false);
    }
    return pages.stream().map(Page::left).toList();
  }

  private static void remove(List<Page> pages, boolean atTop) {
    Map<String, List<Integer>> pagesByForm = new LinkedHashMap<>();
    for (int i = 0; i < pages.size(); i++) {
      int number = i;
      pages.get(i).edge(atTop).stream()
          .flatMap(line -> forms(line.group().strip(), number).stream())
          .forEach(form -> pagesByForm.computeIfAbsent(form, _ -> new ArrayList<>()).add(number));
    }
    Set<Integer> counted = new TreeSet<>();
    Set<Integer> repeated = new TreeSet<>();
    Set<Integer> firsts = new TreeSet<>();
    pagesByForm.forEach((form, on) -> {
      if (on.size() >= FEWEST_PAGES && form.startsWith(COUNTS)) {
        counted.addAll(on);
      } else if (on.size() >= FEWEST_PAGES && on.size() * SMALLEST_PART >= pages.size()) {
        repeated.addAll(on);
        firsts.add(on.getFirst());
      }
    });
    counted.forEach(number -> pages.get(number).pass(atTop, false));
    repeated.removeAll(counted);
    repeated.forEach(number -> pages.get(number).pass(atTop, firsts.contains(number)));
  }

  /// What a line has in common with its like on other pages: its text, or, where its first or last
  /// number counts the pages, its text without numbers and from where it counts.
  private static List<String> forms(String line, int page) {
    List<String> forms = new ArrayList<>();
    forms.add(SAME + line);
    List<MatchResult> numbers = NUMBER.matcher(line).results().toList();
    if (!numbers.isEmpty()) {
      String words = COUNTS + DIGITS.matcher(line).replaceAll(COUNTS);
      int first = Integer.parseInt(numbers.getFirst().group());
      int last = Integer.parseInt(numbers.getLast().group());
      forms.add("%s, first from %d".formatted(words, first - page));
      forms.add("%s, last from %d".formatted(words, last - page));
    }
    return forms;
  }
}
