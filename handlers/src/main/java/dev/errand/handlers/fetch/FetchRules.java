package dev.errand.handlers.fetch;

import java.net.IDN;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// What may be fetched, and how much of it. Immutable.
///
/// @param domains domains that may be fetched, with their subdomains; `*` stands for all
/// @param exceptions what may be fetched although it is private
/// @param ports that may be used; hosts that the exceptions name may be asked on any port
/// @param maxWireBytes of a body as it is sent
/// @param maxBodyBytes of a body once it is decompressed
/// @param connectFor how long a connection may take
/// @param silentFor how long a server may send nothing
/// @param answerFor how long an answer may take in all, redirects included
/// @param maxRedirects that are followed
/// @param userAgent sent with each request, such as `Errand/0.1`
public record FetchRules(
    List<String> domains,
    PrivateAllowlist exceptions,
    Set<Integer> ports,
    int maxWireBytes,
    int maxBodyBytes,
    Duration connectFor,
    Duration silentFor,
    Duration answerFor,
    int maxRedirects,
    String userAgent) {

  private static final String DOMAINS_KEY = "FETCH_DOMAIN_ALLOWLIST";

  public static final FetchRules DEFAULTS =
      new FetchRules(
          List.of("*"),
          PrivateAllowlist.NONE,
          Set.of(80, 443, 8080, 8443),
          5 * 1024 * 1024,
          10 * 1024 * 1024,
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          5,
          "Errand/0.1");

  /// Domains that lead inside whatever their names resolve to (RFC 6761, 6762, 8375).
  private static final List<String> INSIDE =
      List.of("localhost", "localdomain", "local", "internal", "home.arpa");

  /// The host that clouds serve an instance's metadata from, alone or with a domain behind it.
  private static final Pattern METADATA_HOST = Pattern.compile("instance-data(\\..*)?");

  public FetchRules {
    domains = domains.stream().map(FetchRules::ascii).toList();
    ports = Set.copyOf(ports);
    check(maxWireBytes >= 1 && maxBodyBytes >= 1, "body sizes must be 1 or more");
    check(maxRedirects >= 0, "maxRedirects must be 0 or more");
    check(
        connectFor.isPositive() && silentFor.isPositive() && answerFor.isPositive(),
        "times must be longer than 0");
  }

  /// These rules for other domains and exceptions.
  ///
  /// @throws IllegalArgumentException naming the key, when one is not a domain name
  public FetchRules allowing(List<String> otherDomains, PrivateAllowlist otherExceptions) {
    return new FetchRules(
        otherDomains,
        otherExceptions,
        ports,
        maxWireBytes,
        maxBodyBytes,
        connectFor,
        silentFor,
        answerFor,
        maxRedirects,
        userAgent);
  }

  /// Why an address may not be fetched, as far as the address alone tells; empty when it may.
  Optional<FetchResult.Blocked> refusal(WebAddress address) {
    String host = address.host();
    if (domains.stream().noneMatch(domain -> domain.equals("*") || isWithin(host, domain))) {
      return Optional.of(
          new FetchResult.Blocked(
              "%s is not among the domains that may be fetched; an administrator can add it to"
                      .formatted(host)
                  + " "
                  + DOMAINS_KEY));
    }
    if (exceptions.names(host)) {
      return Optional.empty();
    }
    if (INSIDE.stream().anyMatch(domain -> isWithin(host, domain))
        || METADATA_HOST.matcher(host).matches()) {
      return Optional.of(FetchResult.Blocked.notPublic(host));
    }
    return ports.contains(address.port())
        ? Optional.empty()
        : Optional.of(
            new FetchResult.Blocked(
                "port %d may not be fetched; use one of %s, or ask an administrator to add %s to %s"
                    .formatted(
                        address.port(),
                        ports.stream().sorted().toList(),
                        host,
                        PrivateAllowlist.KEY)));
  }

  private static boolean isWithin(String host, String domain) {
    return host.equals(domain) || host.endsWith("." + domain);
  }

  private static String ascii(String domain) {
    String trimmed = domain.strip();
    try {
      return trimmed.equals("*") ? trimmed : IDN.toASCII(trimmed).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(DOMAINS_KEY + ": " + trimmed + " is not a domain", e);
    }
  }

  private static void check(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
