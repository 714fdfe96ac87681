package dev.errand.handlers.read;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Takes from the pages of a printed document what stands at the top or bottom of many of them:
/// running headers, footers and page numbers.
///
/// A line goes where its number counts the pages, or where it is the same on a quarter of them; then
/// it stays on the first of these, where it may be the title or the head of a table.
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

  /// @param pages the text of each, in order
  /// @return the same without the lines that run through them
  static List<String> removed(List<String> pages) {
    List<String> left = new ArrayList<>(pages);
    for (int line = 0; line < MOST_LINES; line++) {
      remove(left, RunningLines::first);
      remove(left, RunningLines::last);
    }
    return left;
  }

  private static void remove(List<String> pages, Function<String, Optional<MatchResult>> edge) {
    Map<String, List<Integer>> pagesByForm = new LinkedHashMap<>();
    for (int i = 0; i < pages.size(); i++) {
      int page = i;
      edge.apply(pages.get(i)).stream()
          .flatMap(line -> forms(line.group().strip(), page).stream())
          .forEach(form -> pagesByForm.computeIfAbsent(form, _ -> new ArrayList<>()).add(page));
    }
    Set<Integer> running = new TreeSet<>();
    pagesByForm.forEach((form, on) -> running.addAll(running(form, on, pages.size())));
    for (int page : running) {
      edge.apply(pages.get(page))
          .ifPresent(line ->
              pages.set(
                  page,
                  new StringBuilder(pages.get(page)).delete(line.start(), line.end()).toString()));
    }
  }

  private static List<Integer> running(String form, List<Integer> on, int pages) {
    if (on.size() < FEWEST_PAGES) {
      return List.of();
    }
    if (form.startsWith(COUNTS)) {
      return on;
    }
    return on.size() * SMALLEST_PART >= pages ? on.subList(1, on.size()) : List.of();
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

  private static Optional<MatchResult> first(String page) {
    return LINE.matcher(page).results().findFirst();
  }

  private static Optional<MatchResult> last(String page) {
    return LINE.matcher(page).results().reduce((_, next) -> next);
  }
}
