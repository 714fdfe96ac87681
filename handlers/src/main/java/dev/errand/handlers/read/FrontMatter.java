package dev.errand.handlers.read;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// What stands between two lines of dashes at the start of a Markdown file: `key: value` lines.
///
/// @param length characters up to the text itself, 0 when there is no front matter
record FrontMatter(int length, Map<String, String> values) {
  private static final Pattern SHAPE =
      Pattern.compile(
          "\\A---[ \\t]*\\R((?:[\\w-]+:.*\\R|[ \\t]+.*\\R|#.*\\R|\\R){1,100}?)---[ \\t]*(?:\\R|\\z)");

  private static final Pattern LINE =
      Pattern.compile("(?m)^([\\w-]+):[ \\t]*[\"']?(.*?)[\"']?[ \\t]*$");

  FrontMatter {
    values = Map.copyOf(values);
  }

  static FrontMatter of(String markdown) {
    Matcher shape = SHAPE.matcher(markdown);
    return shape.find()
        ? new FrontMatter(shape.end(), values(shape.group(1)))
        : new FrontMatter(0, Map.of());
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
