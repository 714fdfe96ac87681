package dev.errand.handlers.fetch;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;
import org.apache.hc.core5.http.NameValuePair;

/// What an answer's headers say about reusing it in a shared cache (RFC 9111).
///
/// @param mayBeKept whether it may be stored and reused for others
/// @param lifetime how long it is fresh from now on, zero for not at all; absent when the headers
///   do not say
/// @param etag its version, for If-None-Match
/// @param lastModified its date, for If-Modified-Since
record Caching(
    boolean mayBeKept,
    Optional<Duration> lifetime,
    Optional<String> etag,
    Optional<String> lastModified) {
  /// Headers that are the same in all of our requests: to vary by them makes no difference.
  private static final Set<String> ALIKE = Set.of("accept-encoding", "user-agent");

  private static final int LONGEST_VALIDATOR = 500;
  private static final int MOST_DIGITS = 9;

  static Caching of(HttpMessage answer, Instant now) {
    Map<String, String> directives = directives(answer);
    return new Caching(
        !directives.containsKey("no-store")
            && !directives.containsKey("private")
            && list(answer, HttpHeaders.VARY).allMatch(ALIKE::contains),
        lifetime(answer, directives, now),
        validator(answer, HttpHeaders.ETAG),
        validator(answer, HttpHeaders.LAST_MODIFIED));
  }

  /// Whether the server can be asked if the page has changed.
  boolean canBeAskedAbout() {
    return etag.isPresent() || lastModified.isPresent();
  }

  private static Optional<Duration> lifetime(
      HttpMessage answer, Map<String, String> directives, Instant now) {
    if (directives.containsKey("no-cache")) {
      return Optional.of(Duration.ZERO);
    }
    Optional<Duration> age = header(answer, HttpHeaders.AGE).map(Caching::seconds);
    return Stream.of("s-maxage", "max-age")
        .filter(directives::containsKey)
        .findFirst()
        .map(name -> seconds(directives.getOrDefault(name, "")))
        .or(() -> header(answer, HttpHeaders.EXPIRES).map(date -> until(date, answer, now)))
        .map(whole -> whole.minus(age.orElse(Duration.ZERO)))
        .map(left -> left.isNegative() ? Duration.ZERO : left);
  }

  /// An invalid date, such as `0`, is in the past (RFC 9111, 5.3).
  private static Duration until(String expires, HttpMessage answer, Instant now) {
    Instant sent = header(answer, HttpHeaders.DATE).flatMap(HttpDate::of).orElse(now);
    return HttpDate.of(expires).map(end -> Duration.between(sent, end)).orElse(Duration.ZERO);
  }

  /// Zero for what is not a number.
  private static Duration seconds(String text) {
    String digits = text.replace("\"", "").strip();
    if (!digits.matches("\\d+")) {
      return Duration.ZERO;
    }
    return Duration.ofSeconds(
        digits.length() > MOST_DIGITS ? Integer.MAX_VALUE : Long.parseLong(digits));
  }

  /// Of those that are there twice, the first one counts (RFC 9111, 4.2.1).
  private static Map<String, String> directives(HttpMessage answer) {
    Map<String, String> directives = new HashMap<>();
    for (String directive : list(answer, HttpHeaders.CACHE_CONTROL).toList()) {
      List<String> parts = List.of(directive.split("=", 2));
      directives.putIfAbsent(parts.getFirst().strip(), parts.size() == 2 ? parts.getLast() : "");
    }
    return directives;
  }

  private static Stream<String> list(HttpMessage answer, String name) {
    return Stream.of(answer.getHeaders(name))
        .map(NameValuePair::getValue)
        .flatMap(value -> Arrays.stream(value.split(",", -1)))
        .map(one -> one.strip().toLowerCase(Locale.ROOT))
        .filter(one -> !one.isEmpty());
  }

  private static Optional<String> validator(HttpMessage answer, String name) {
    return header(answer, name).filter(value -> value.length() <= LONGEST_VALIDATOR);
  }

  private static Optional<String> header(HttpMessage answer, String name) {
    return Optional.ofNullable(answer.getFirstHeader(name))
        .map(Header::getValue)
        .map(String::strip)
        .filter(value -> !value.isEmpty());
  }
}
