package dev.errand.handlers.search;

import dev.errand.handlers.fetch.WebAddress;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/// What to look for.
///
/// @param text stripped, with single blanks between words
/// @param count hits each provider is asked for, 1 or more
/// @param recencyDays hits known to be older are not wanted; 1 or more, absent for any age
/// @param domains only hits from these and their subdomains, in ASCII and lower case; empty for all
public record SearchQuery(
    String text, int count, Optional<Integer> recencyDays, List<String> domains) {
  public SearchQuery {
    text = normal(text);
    domains = domains.stream().map(SearchQuery::ascii).distinct().sorted().toList();
  }

  /// The text stripped, with single blanks between words.
  static String normal(String text) {
    return text.strip().replaceAll("\\s+", " ");
  }

  /// The first day that is wanted.
  public Optional<LocalDate> since(Instant now) {
    return recencyDays.map(days -> now.atZone(ZoneOffset.UTC).toLocalDate().minusDays(days));
  }

  /// Whether `address` is within the domains, by whole labels: `example.com` has `a.example.com`,
  /// not `evilexample.com`.
  boolean allows(WebAddress address) {
    String host = address.host();
    return domains.isEmpty()
        || domains.stream().anyMatch(one -> host.equals(one) || host.endsWith("." + one));
  }

  /// @throws IllegalArgumentException when it is no domain
  static String ascii(String domain) {
    String host = WebAddress.of("http://" + domain.strip() + "/").host();
    if (domain.contains("/") || domain.contains(":") || domain.contains("?")) {
      throw new IllegalArgumentException("must be a domain such as example.org");
    }
    return host;
  }
}
