package dev.errand.handlers.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;

/// The Retry-After header: seconds or a date (RFC 9110, 10.2.3), cut to a day at most.
final class RetryAfter {
  private static final Duration LONGEST = Duration.ofDays(1);

  private RetryAfter() {}

  static Optional<Duration> of(HttpMessage answer) {
    return Optional.ofNullable(answer.getFirstHeader(HttpHeaders.RETRY_AFTER))
        .flatMap(header -> of(header.getValue().strip(), Instant.now()));
  }

  static Optional<Duration> of(String value, Instant now) {
    return (value.matches("\\d{1,9}")
            ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
            : HttpDate.of(value).map(then -> Duration.between(now, then)))
        .map(wait -> wait.isNegative() ? Duration.ZERO : wait)
        .map(wait -> wait.compareTo(LONGEST) > 0 ? LONGEST : wait);
  }
}
