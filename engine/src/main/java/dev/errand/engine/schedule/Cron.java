package dev.errand.engine.schedule;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// A cron expression: which wall-clock times it names, in no particular time zone.
///
/// Five fields, `minute hour day-of-month month day-of-week`, or six, with the second before them;
/// or a macro such as `@daily`. Beside numbers, lists, ranges and steps there are `L`, `L-3`, `15W`
/// and `LW` for days of the month, and `FRIL` and `MON#2` for days of the week.
public final class Cron {
  private static final int MAX_LENGTH = 200;
  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  /// The calendar repeats itself after 400 years: what does not come within these never does.
  private static final LocalDateTime CYCLE_BEGINS = LocalDateTime.of(2000, 1, 1, 0, 0);

  private static final long CYCLE_YEARS = 400;
  private static final long ALL_HOURS = (1L << 24) - 1;

  private final long seconds;
  private final long minutes;
  private final long hours;
  private final long months;
  private final CronDays days;
  private final boolean goesOnWithinTheHour;

  /// @param fields six of them
  private Cron(List<String> fields) {
    seconds = CronField.SECOND.parse(fields.get(0));
    minutes = CronField.MINUTE.parse(fields.get(1));
    hours = CronField.HOUR.parse(fields.get(2));
    days = CronDays.parse(fields.get(3), fields.get(5));
    months = CronField.MONTH.parse(fields.get(4));
    goesOnWithinTheHour = fields.get(1).startsWith("*");
  }

  /// @throws InvalidCron saying what is wrong and what would be right
  public static Cron parse(String text) {
    if (text.length() > MAX_LENGTH) {
      throw new InvalidCron("must be %d characters at most".formatted(MAX_LENGTH));
    }
    Cron cron = new Cron(fields(text.strip()));
    if (cron.nextOrSame(CYCLE_BEGINS, CYCLE_BEGINS.plusYears(CYCLE_YEARS)).isEmpty()) {
      throw new InvalidCron(
          "never comes: no year has such a day; check the day of month against the month");
    }
    return cron;
  }

  private static List<String> fields(String text) {
    if (text.startsWith("@")) {
      String meaning = MACROS.get(text.toLowerCase(Locale.ROOT));
      if (meaning == null) {
        throw new InvalidCron(
            "does not know %s; use @hourly, @daily, @weekly, @monthly, @yearly or five fields"
                .formatted(text));
      }
      return fields(meaning);
    }
    String[] fields = text.split("\\s+");
    return switch (fields.length) {
      case 5 -> fields("0 " + text);
      case 6 -> Arrays.asList(fields);
      default ->
          throw new InvalidCron(
              "must have 5 fields (minute hour day-of-month month day-of-week) or 6 (with the"
                  + " second before them), such as \"30 2 * * MON-FRI\"; these are %d"
                      .formatted(text.isEmpty() ? 0 : fields.length));
    };
  }

  /// Whether every hour of a day is meant: such a rhythm is one of real time, and not of times of
  /// the day.
  boolean everyHour() {
    return hours == ALL_HOURS;
  }

  /// Whether, in an hour that comes twice, it is due both times: it does not name times of the day
  /// but goes on and on.
  boolean repeatsWithTheHour() {
    return everyHour() || goesOnWithinTheHour;
  }

  /// The first time it names from `from` on, empty when there is none before `end`.
  Optional<LocalDateTime> nextOrSame(LocalDateTime from, LocalDateTime end) {
    LocalDateTime start = wholeSecond(from);
    YearMonth last = YearMonth.from(end);
    for (YearMonth month = YearMonth.from(start); !month.isAfter(last); month = nextMonth(month)) {
      Optional<LocalDateTime> found = within(month, start);
      if (found.isPresent()) {
        return found.filter(time -> time.isBefore(end));
      }
    }
    return Optional.empty();
  }

  private static LocalDateTime wholeSecond(LocalDateTime time) {
    LocalDateTime second = time.truncatedTo(ChronoUnit.SECONDS);
    return second.equals(time) ? time : second.plusSeconds(1);
  }

  private YearMonth nextMonth(YearMonth month) {
    int later = next(months, month.getMonthValue() + 1);
    return later > 0 ? month.withMonth(later) : YearMonth.of(month.getYear() + 1, next(months, 1));
  }

  private Optional<LocalDateTime> within(YearMonth month, LocalDateTime start) {
    if ((months >> month.getMonthValue() & 1) == 0) {
      return Optional.empty();
    }
    long due = days.in(month);
    boolean first = month.equals(YearMonth.from(start));
    for (int day = next(due, first ? start.getDayOfMonth() : 1);
        day > 0;
        day = next(due, day + 1)) {
      LocalDate date = month.atDay(day);
      Optional<LocalTime> time =
          nextOrSame(date.equals(start.toLocalDate()) ? start.toLocalTime() : LocalTime.MIDNIGHT);
      if (time.isPresent()) {
        return time.map(date::atTime);
      }
    }
    return Optional.empty();
  }

  private Optional<LocalTime> nextOrSame(LocalTime from) {
    for (int hour = next(hours, from.getHour()); hour >= 0; hour = next(hours, hour + 1)) {
      boolean sameHour = hour == from.getHour();
      for (int minute = next(minutes, sameHour ? from.getMinute() : 0);
          minute >= 0;
          minute = next(minutes, minute + 1)) {
        boolean sameMinute = sameHour && minute == from.getMinute();
        int second = next(seconds, sameMinute ? from.getSecond() : 0);
        if (second >= 0) {
          return Optional.of(LocalTime.of(hour, minute, second));
        }
      }
    }
    return Optional.empty();
  }

  /// The lowest bit of `bits` from `from` on, -1 when there is none.
  private static int next(long bits, int from) {
    long left = from > 63 ? 0 : bits & -1L << from;
    return left == 0 ? -1 : Long.numberOfTrailingZeros(left);
  }
}
