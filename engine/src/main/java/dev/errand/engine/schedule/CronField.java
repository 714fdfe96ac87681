package dev.errand.engine.schedule;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One field of a cron expression: which numbers it may name, and what it calls them.
///
/// The numbers that a field lets through are the bits of a `long`.
///
/// @param max the highest number that may be written
/// @param highest the highest one that is not another name of a lower one
/// @param names other names of the numbers from `min` on
record CronField(String name, int min, int max, int highest, List<String> names) {
  static final CronField SECOND = new CronField("second", 0, 59, 59, List.of());
  static final CronField MINUTE = new CronField("minute", 0, 59, 59, List.of());
  static final CronField HOUR = new CronField("hour", 0, 23, 23, List.of());
  static final CronField DAY_OF_MONTH = new CronField("day of month", 1, 31, 31, List.of());
  static final CronField MONTH =
      new CronField(
          "month",
          1,
          12,
          12,
          List.of(
              "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC"));

  /// 0 and 7 are both Sunday.
  static final CronField DAY_OF_WEEK =
      new CronField(
          "day of week", 0, 7, 6, List.of("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT", "SUN"));

  private static final Pattern PART =
      Pattern.compile("(\\*|(?<from>\\w+)(-(?<to>\\w+))?)(/(?<step>\\d{1,4}))?");

  /// What a comma-separated list of `*`, `a`, `a-b`, `a/step`, `a-b/step` or `*/step` lets through.
  long parse(String text) {
    long bits = 0;
    for (String part : text.split(",", -1)) {
      bits |= parsePart(part);
    }
    return bits;
  }

  long parsePart(String part) {
    Matcher found = PART.matcher(part);
    if (!found.matches()) {
      throw refused(part, "use *, a number, a range a-b, a step */n, or a list of these");
    }
    String from = found.group("from");
    String to = found.group("to");
    String step = found.group("step");
    int first = from == null ? min : number(from);
    int last = to != null ? number(to) : from != null && step == null ? first : highest;
    return range(first, last, step == null ? 1 : step(step, part));
  }

  private int step(String step, String part) {
    int number = Integer.parseInt(step);
    if (number < 1 || number > max) {
      throw refused(part, "a step is 1 to %d".formatted(max));
    }
    return number;
  }

  /// A range that ends before it begins goes on at the beginning: `FRI-MON`, `22-2`.
  private long range(int first, int last, int step) {
    int values = highest - min + 1;
    int length = first <= last ? last - first : last - first + values;
    long bits = 0;
    for (int i = 0; i <= length; i += step) {
      bits |= 1L << ((first + i - min) % values + min);
    }
    return bits;
  }

  int number(String text) {
    int named = names.indexOf(text.toUpperCase(Locale.ROOT));
    if (named >= 0) {
      return named + min;
    }
    if (!text.matches("\\d{1,4}")) {
      throw refused(text, "use " + allowed());
    }
    int number = Integer.parseInt(text);
    if (number < min || number > max) {
      throw refused(text, "use " + allowed());
    }
    return number;
  }

  private String allowed() {
    String numbers = "%d to %d".formatted(min, max);
    return names.isEmpty()
        ? numbers
        : "%s or %s to %s".formatted(numbers, names.getFirst(), names.get(highest - min));
  }

  InvalidCron refused(String text, String advice) {
    return new InvalidCron("cannot have \"%s\" as its %s: %s".formatted(text, name, advice));
  }
}
