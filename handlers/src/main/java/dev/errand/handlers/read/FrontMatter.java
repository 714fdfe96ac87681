package dev.errand.handlers.read;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What stands between two lines of dashes at the start of a Markdown file: `key: value` lines.
///
/// @param length characters up to the text itself, 0 when there is no front matter
record FrontMatter(int length, Map<String, String> values) {
  private static final String FENCE = "---";
  private static final int MAX_LINES = 100;
  private static final int MAX_LINE = 1_000;
  private static final Pattern CONTENT = Pattern.compile("[\\w-]+:|[ \\t#]|$");
  private static final Pattern LINE =
      Pattern.compile("(?m)^([\\w-]+):[ \\t]*[\"']?(.*?)[\"']?[ \\t]*$");

  private static final FrontMatter NONE = new FrontMatter(0, Map.of());

  FrontMatter {
    values = Map.copyOf(values);
  }

  static FrontMatter of(String markdown) {
    int begin = lineEnd(markdown, 0);
    if (!isFence(markdown, 0, begin)) {
      return NONE;
    }
    int end = begin;
    for (int line = 0; line < MAX_LINES && end < markdown.length(); line++) {
      int start = end;
      end = lineEnd(markdown, start);
      if (isFence(markdown, start, end)) {
        return new FrontMatter(end, values(markdown.substring(begin, start)));
      }
      if (end - start > MAX_LINE || !CONTENT.matcher(markdown).region(start, end).lookingAt()) {
        return NONE;
      }
    }
    return NONE;
  }

  /// Where the line that begins at `start` ends, its line feed included.
  private static int lineEnd(String text, int start) {
    int feed = text.indexOf('\n', start);
    return feed < 0 ? text.length() : feed + 1;
  }

  private static boolean isFence(String text, int start, int end) {
    return end - start <= MAX_LINE && text.substring(start, end).stripTrailing().equals(FENCE);
  }

  Optional<String> value(String key) {
    return Optional.ofNullable(values.get(key)).map(Manuscript::clean).filter(v -> !v.isEmpty());
  }

  private static Map<String, String> values(String lines) {
    return LINE.matcher(lines)
        .results()
        .collect(
            Collectors.toMap(line -> line.group(1), line -> line.group(2), (first, _) -> first));
  }
}
