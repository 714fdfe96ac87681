package dev.errand.server.config;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// What the texts of variables stand for. Every method throws IllegalArgumentException with what a
/// text must be.
final class Values {
  private Values() {}

  static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw expected("a whole number", text);
    }
  }

  /// A whole number from 1 to `most`.
  static int positive(String text, int most) {
    int number = text.matches("\\d{1,9}") ? Integer.parseInt(text) : 0;
    if (number < 1 || number > most) {
      throw expected("a whole number, 1 to %d".formatted(most), text);
    }
    return number;
  }

  /// An amount with up to `decimals` digits behind the point.
  static BigDecimal amount(String text, int decimals) {
    if (!text.matches("\\d{1,6}(\\.\\d{1,%d})?".formatted(decimals))) {
      throw expected("an amount such as 2.50", text);
    }
    return new BigDecimal(text);
  }

  /// Words with commas in between.
  static List<String> words(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(String::strip)
        .filter(word -> !word.isEmpty())
        .toList();
  }

  /// Reads the one of `values` that a text names, as it is written in lower case.
  static <E extends Enum<E>> Function<String, E> oneOf(E[] values) {
    return text ->
        Arrays.stream(values)
            .filter(value -> word(value).equals(text.toLowerCase(Locale.ROOT)))
            .findFirst()
            .orElseThrow(() -> expected("one of " + listed(values), text));
  }

  /// How a variable names `value`.
  static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private static String listed(Enum<?>[] values) {
    return Arrays.stream(values).map(Values::word).collect(Collectors.joining(", "));
  }

  static IllegalArgumentException expected(String what, String text) {
    return new IllegalArgumentException("must be %s, not \"%s\"".formatted(what, text));
  }
}
