package dev.errand.engine.schedule;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The days of a month on which something is due.
///
/// As in crontab: where neither field begins with `*`, a day that fits one of them will do; else it
/// has to fit both.
///
/// @param either whether fitting one of the two is enough
record CronDays(List<Rule> ofMonth, List<Rule> ofWeek, boolean either) {
  private static final Pattern FROM_END = Pattern.compile("L(-(?<days>\\d{1,2}))?");
  private static final Pattern NEAREST = Pattern.compile("(?<day>\\d{1,2}|L)W");
  private static final Pattern NTH = Pattern.compile("(?<day>\\w+)#(?<n>\\d)");
  private static final Pattern LAST = Pattern.compile("(?<day>\\w+)L");

  /// Some days of a month.
  interface Rule {
    /// @return their bits, the first of the month being bit 1
    long in(YearMonth month);
  }

  CronDays {
    ofMonth = List.copyOf(ofMonth);
    ofWeek = List.copyOf(ofWeek);
  }

  static CronDays parse(String ofMonth, String ofWeek) {
    List<Rule> monthRules = new ArrayList<>();
    for (String part : ofMonth.toUpperCase(Locale.ROOT).split(",", -1)) {
      monthRules.add(dayOfMonth(part));
    }
    List<Rule> weekRules = new ArrayList<>();
    for (String part : ofWeek.toUpperCase(Locale.ROOT).split(",", -1)) {
      weekRules.add(dayOfWeek(part));
    }
    return new CronDays(monthRules, weekRules, !open(ofMonth) && !open(ofWeek));
  }

  private static boolean open(String field) {
    return field.startsWith("*") || field.equals("?");
  }

  /// The days of `month`, as bits from 1 on.
  long in(YearMonth month) {
    long fitMonth = union(ofMonth, month);
    long fitWeek = union(ofWeek, month);
    return (either ? fitMonth | fitWeek : fitMonth & fitWeek) & all(month);
  }

  private static long union(List<Rule> rules, YearMonth month) {
    return rules.stream().mapToLong(rule -> rule.in(month)).reduce(0, (a, b) -> a | b);
  }

  private static long all(YearMonth month) {
    return (1L << (month.lengthOfMonth() + 1)) - 2;
  }

  private static Rule dayOfMonth(String part) {
    if (part.equals("?")) {
      return CronDays::all;
    }
    Matcher fromEnd = FROM_END.matcher(part);
    if (fromEnd.matches()) {
      String days = fromEnd.group("days");
      int before = days == null ? 0 : Integer.parseInt(days);
      if (before > 30) {
        throw CronField.DAY_OF_MONTH.refused(part, "use L, or L-1 to L-30");
      }
      return month -> month.lengthOfMonth() > before ? 1L << (month.lengthOfMonth() - before) : 0;
    }
    Matcher nearest = NEAREST.matcher(part);
    if (nearest.matches()) {
      return nearestWeekday(nearest.group("day"));
    }
    long bits = CronField.DAY_OF_MONTH.parsePart(part);
    return _ -> bits;
  }

  /// Monday to Friday, nearest to a day and within its month.
  private static Rule nearestWeekday(String day) {
    if (day.equals("L")) {
      return month -> bit(weekdayNear(month.atEndOfMonth()));
    }
    int number = CronField.DAY_OF_MONTH.number(day);
    return month -> month.isValidDay(number) ? bit(weekdayNear(month.atDay(number))) : 0;
  }

  private static LocalDate weekdayNear(LocalDate day) {
    return switch (day.getDayOfWeek()) {
      case SATURDAY -> day.getDayOfMonth() == 1 ? day.plusDays(2) : day.minusDays(1);
      case SUNDAY ->
          day.getDayOfMonth() == day.lengthOfMonth() ? day.minusDays(2) : day.plusDays(1);
      case MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY -> day;
    };
  }

  private static Rule dayOfWeek(String part) {
    if (part.equals("?")) {
      return CronDays::all;
    }
    Matcher nth = NTH.matcher(part);
    if (nth.matches()) {
      return nthWeekday(part, weekday(nth.group("day")), Integer.parseInt(nth.group("n")));
    }
    Matcher last = LAST.matcher(part);
    if (last.matches()) {
      DayOfWeek weekday = weekday(last.group("day"));
      return month -> bit(month.atEndOfMonth().with(TemporalAdjusters.previousOrSame(weekday)));
    }
    if (part.equals("L")) {
      throw CronField.DAY_OF_WEEK.refused(part, "say the last of which day, such as FRIL");
    }
    return weekdays(CronField.DAY_OF_WEEK.parsePart(part));
  }

  private static DayOfWeek weekday(String text) {
    int number = CronField.DAY_OF_WEEK.number(text);
    return number == 0 ? DayOfWeek.SUNDAY : DayOfWeek.of(number);
  }

  private static Rule nthWeekday(String part, DayOfWeek weekday, int n) {
    if (n < 1 || n > 5) {
      throw CronField.DAY_OF_WEEK.refused(part, "a month has a first to a fifth (#1 to #5)");
    }
    return month -> {
      LocalDate day = month.atDay(1).with(TemporalAdjusters.dayOfWeekInMonth(n, weekday));
      return YearMonth.from(day).equals(month) ? bit(day) : 0;
    };
  }

  /// @param bits of the weekdays, Sunday being bit 0
  private static Rule weekdays(long bits) {
    return month -> {
      long days = 0;
      int first = month.atDay(1).getDayOfWeek().getValue();
      for (int day = 1; day <= month.lengthOfMonth(); day++) {
        int weekday = (first + day - 1) % 7;
        days |= (bits >> weekday & 1) << day;
      }
      return days;
    };
  }

  private static long bit(LocalDate day) {
    return 1L << day.getDayOfMonth();
  }
}
