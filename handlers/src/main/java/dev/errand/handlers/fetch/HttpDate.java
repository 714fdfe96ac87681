package dev.errand.handlers.fetch;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;

/// Dates as headers have them, such as `Sun, 06 Nov 1994 08:49:37 GMT`.
final class HttpDate {
  private HttpDate() {}

  /// Empty when it is no such date.
  static Optional<Instant> of(String text) {
    try {
      return Optional.of(
          ZonedDateTime.parse(text.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (DateTimeException _) {
      return Optional.empty();
    }
  }
}
