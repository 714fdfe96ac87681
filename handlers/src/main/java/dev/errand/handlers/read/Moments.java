package dev.errand.handlers.read;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Dates as sources say them.
final class Moments {
  private static final Pattern ISO_DATE = Pattern.compile("(\\d{4})-(\\d{2})-(\\d{2})(?!\\d)");

  private Moments() {}

  /// Whether there may be such a day; of words that are no ISO 8601 date nothing is known.
  static boolean possible(String said) {
    Matcher date = ISO_DATE.matcher(said);
    if (!date.lookingAt()) {
      return true;
    }
    try {
      LocalDate.of(number(date, 1), number(date, 2), number(date, 3));
      return true;
    } catch (DateTimeException _) {
      return false;
    }
  }

  private static int number(Matcher date, int group) {
    return Integer.parseInt(date.group(group));
  }
}
