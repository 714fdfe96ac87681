package dev.errand.handlers.search.provider;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Reads the dates that providers write: with a zone, without one (then UTC's), or a day alone.
final class Dates {
  private static final List<Function<String, Instant>> FORMS =
      List.of(
          text -> OffsetDateTime.parse(text).toInstant(),
          text -> LocalDateTime.parse(text).toInstant(ZoneOffset.UTC),
          text -> LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant(),
          text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());

  private Dates() {}

  /// Empty for what is no date.
  static Optional<Instant> of(String text) {
    for (Function<String, Instant> form : FORMS) {
      try {
        return Optional.of(
            form.apply(text.strip().replaceFirst("^(\\d{4}-\\d\\d-\\d\\d) ", "$1T")));
      } catch (DateTimeException _) {
        // Perhaps another form.
      }
    }
    return Optional.empty();
  }
}
