package dev.errand.bench.peer.client;

import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/// A line from a process of a comparison to the driver: `@@ EVENT KEY=VALUE…`.
///
/// Times are nanoseconds of a clock that all processes of a machine share.
public record Message(String event, Map<String, String> values) {
  private static final String MARK = "@@ ";

  /// Empty for a line that is no message.
  public static Optional<Message> parse(String line) {
    if (!line.startsWith(MARK)) {
      return Optional.empty();
    }
    String[] words = line.substring(MARK.length()).split(" ", -1);
    Map<String, String> values =
        Arrays.stream(words)
            .skip(1)
            .map(word -> word.split("=", 2))
            .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    return Optional.of(new Message(words[0], values));
  }

  String line() {
    return values.entrySet().stream()
        .map(value -> " " + value.getKey() + "=" + value.getValue())
        .collect(Collectors.joining("", MARK + event, ""));
  }

  public long number(String key) {
    return Long.parseLong(value(key));
  }

  public long[] numbers(String key) {
    return Arrays.stream(value(key).split(",", -1)).mapToLong(Long::parseLong).toArray();
  }

  static String list(long... numbers) {
    return Arrays.stream(numbers).mapToObj(Long::toString).collect(Collectors.joining(","));
  }

  private String value(String key) {
    return Objects.requireNonNull(values.get(key), key);
  }
}
