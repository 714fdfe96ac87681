package dev.errand.handlers.research;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/// The numbers, dates and versions in a text, in a canonical form: `2,000` is `2000`, "two" is `2`,
/// "May" is `month 5`.
final class FigureWords {
  private static final Pattern DATE = Pattern.compile("\\b(\\d{4})-(\\d\\d)-(\\d\\d)\\b");
  private static final Pattern NUMBER = Pattern.compile("(?<![\\d.])\\d+(?:,\\d{3})*(?:\\.\\d+)*");
  private static final Pattern WORD = Pattern.compile("\\p{L}+");

  private static final List<String> MONTHS =
      List.of(
          "january",
          "february",
          "march",
          "april",
          "may",
          "june",
          "july",
          "august",
          "september",
          "october",
          "november",
          "december");

  private static final List<String> COUNTS =
      List.of(
          "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
          "eleven", "twelve");

  private static final List<String> ROUND =
      List.of("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety");

  private FigureWords() {}

  static boolean isMonth(String word) {
    return MONTHS.contains(word.toLowerCase(Locale.ROOT));
  }

  /// Each once, in order. "One" is left out: it seldom is a number.
  static Set<String> in(String text) {
    var figures = new LinkedHashSet<String>();
    var date = DATE.matcher(text);
    while (date.find()) {
      figures.add(date.group(1));
      figures.add("month " + Integer.parseInt(date.group(2)));
      figures.add(String.valueOf(Integer.parseInt(date.group(3))));
    }
    var number = NUMBER.matcher(DATE.matcher(text).replaceAll(" "));
    while (number.find()) {
      figures.add(plain(number.group()));
    }
    var word = WORD.matcher(text);
    while (word.find()) {
      spelled(word.group(), figures);
    }
    return figures;
  }

  private static String plain(String number) {
    var digits = number.replace(",", "").replaceFirst("^0+(?=\\d)", "");
    return digits.matches("\\d+\\.\\d+") ? digits.replaceFirst("\\.?0+$", "") : digits;
  }

  private static void spelled(String word, Set<String> figures) {
    var lower = word.toLowerCase(Locale.ROOT);
    int month = MONTHS.indexOf(lower);
    if (month >= 0 && Character.isUpperCase(word.charAt(0))) {
      figures.add("month " + (month + 1));
    }
    int count = COUNTS.indexOf(lower);
    if (count >= 0 && count != 1) {
      figures.add(String.valueOf(count));
    }
    int tens = ROUND.indexOf(lower);
    if (tens >= 0) {
      figures.add(String.valueOf((tens + 2) * 10));
    }
    switch (lower) {
      case "hundred", "hundreds" -> figures.add("100");
      case "thousand", "thousands" -> figures.add("1000");
      case "million", "millions" -> figures.add("1000000");
      case "billion", "billions" -> figures.add("1000000000");
      default -> {}
    }
  }
}
