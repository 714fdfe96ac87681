package dev.errand.handlers.research;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// A source's date as people read it.
///
/// @param text such as `2 January 2030`; what is not a date stays as the source says it
/// @param iso such as `2030-01-02`; absent for what is not a date
record ShownDate(String text, Optional<String> iso) {
  private static final Pattern DAY = Pattern.compile("(\\d{4}-\\d\\d-\\d\\d)(?:[T ].*)?");
  private static final DateTimeFormatter FORM =
      DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.ENGLISH);

  /// @param said the day in the source's own time zone decides, its hour is not shown
  static ShownDate of(String said) {
    var day = DAY.matcher(said.strip());
    try {
      return day.matches() ? of(LocalDate.parse(day.group(1))) : asSaid(said);
    } catch (DateTimeParseException _) {
      return asSaid(said);
    }
  }

  static ShownDate of(LocalDate day) {
    return new ShownDate(FORM.format(day), Optional.of(day.toString()));
  }

  private static ShownDate asSaid(String said) {
    return new ShownDate(said, Optional.empty());
  }
}
