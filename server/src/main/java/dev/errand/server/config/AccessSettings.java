package dev.errand.server.config;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who is let in, and for how long.
///
/// @param accessToken how long a user's access token is good
/// @param login how long a user stays logged in, in a browser or by refreshing
/// @param auditFor how long the audit log is kept
/// @param origins whose pages in a browser may call this server, besides its own
/// @param proxies addresses and networks (CIDR) of proxies in front of this server, which say for
///   whom they call
/// @param oidc the OpenID Connect issuer whose tokens are accepted, if any
public record AccessSettings(
    Duration accessToken,
    Duration login,
    Duration auditFor,
    List<String> origins,
    List<String> proxies,
    Optional<OidcSettings> oidc) {
  private static final Pattern DOTTED = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
  private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@*,\\s]+");

  public static final AccessSettings DEFAULTS =
      new AccessSettings(
          Duration.ofMinutes(15),
          Duration.ofDays(30),
          Duration.ofDays(365),
          List.of(),
          List.of(),
          Optional.empty());

  public AccessSettings {
    check(
        accessToken.compareTo(Duration.ofMinutes(1)) >= 0,
        "ACCESS_TOKEN_SECONDS must be 60 or more");
    check(
        accessToken.compareTo(Duration.ofHours(1)) <= 0,
        "ACCESS_TOKEN_SECONDS must be 3600 or less");
    check(login.compareTo(accessToken) >= 0, "LOGIN_DAYS must be 1 or more");
    check(login.toDays() <= 365, "LOGIN_DAYS must be 365 or less");
    check(auditFor.toDays() >= 1, "AUDIT_DAYS must be 1 or more");
    check(
        origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches()),
        "CORS_ALLOWED_ORIGINS must be origins such as https://app.example.org, separated by commas");
    check(
        proxies.stream().allMatch(AccessSettings::network),
        "TRUSTED_PROXIES must be addresses or networks such as 10.0.0.5 or 10.0.0.0/24, separated by commas");
    origins = List.copyOf(origins);
    proxies = proxies.stream().map(AccessSettings::withPrefix).toList();
  }

  static AccessSettings read(Variables variables) {
    Duration accessToken =
        variables.get(
            "ACCESS_TOKEN_SECONDS",
            DEFAULTS.accessToken,
            duration -> String.valueOf(duration.toSeconds()),
            text -> Duration.ofSeconds(Values.whole(text)));
    Duration login = days(variables, "LOGIN_DAYS", DEFAULTS.login);
    Duration auditFor = days(variables, "AUDIT_DAYS", DEFAULTS.auditFor);
    List<String> origins = words(variables, "CORS_ALLOWED_ORIGINS");
    List<String> proxies = words(variables, "TRUSTED_PROXIES");
    Optional<OidcSettings> oidc = OidcSettings.read(variables);
    return variables.checked(
        DEFAULTS, () -> new AccessSettings(accessToken, login, auditFor, origins, proxies, oidc));
  }

  private static Duration days(Variables variables, String name, Duration fallback) {
    return variables.get(
        name,
        fallback,
        duration -> String.valueOf(duration.toDays()),
        text -> Duration.ofDays(Values.whole(text)));
  }

  private static List<String> words(Variables variables, String name) {
    return variables.get(name, List.of(), list -> String.join(",", list), AccessSettings::words);
  }

  private static List<String> words(String text) {
    return Values.words(text).stream().map(word -> word.replaceFirst("/$", "")).toList();
  }

  private static boolean network(String text) {
    String[] parts = text.split("/", -1);
    try {
      if (!parts[0].contains(":") && !DOTTED.matcher(parts[0]).matches()) {
        return false;
      }
      int bits = InetAddress.ofLiteral(parts[0]).getAddress().length * 8;
      return parts.length == 1
          || (parts.length == 2
              && parts[1].matches("\\d{1,3}")
              && Integer.parseInt(parts[1]) <= bits);
    } catch (IllegalArgumentException _) {
      return false;
    }
  }

  private static String withPrefix(String network) {
    return network.contains("/") ? network : network + (network.contains(":") ? "/128" : "/32");
  }

  private static void check(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
