package dev.errand.server.config;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Who is let in, and for how long.
///
/// @param accessToken how long a user's access token is good
/// @param login how long a user stays logged in, in a browser or by refreshing
/// @param auditFor how long the audit log is kept
/// @param origins whose pages in a browser may call this server, besides its own
/// @param oidc the OpenID Connect issuer whose tokens are accepted, if any
public record AccessSettings(
    Duration accessToken,
    Duration login,
    Duration auditFor,
    List<String> origins,
    Optional<OidcSettings> oidc) {
  public static final AccessSettings DEFAULTS =
      new AccessSettings(
          Duration.ofMinutes(15),
          Duration.ofDays(30),
          Duration.ofDays(365),
          List.of(),
          Optional.empty());

  private static final Pattern ORIGIN = Pattern.compile("https?://[^/?#@*,\\s]+");

  public AccessSettings {
    check(accessToken.compareTo(Duration.ofMinutes(1)) >= 0, "ACCESS_TOKEN_SECONDS must be 60 or more");
    check(accessToken.compareTo(Duration.ofHours(1)) <= 0, "ACCESS_TOKEN_SECONDS must be 3600 or less");
    check(login.compareTo(accessToken) >= 0, "LOGIN_DAYS must be 1 or more");
    check(login.toDays() <= 365, "LOGIN_DAYS must be 365 or less");
    check(auditFor.toDays() >= 1, "AUDIT_DAYS must be 1 or more");
    check(
        origins.stream().allMatch(origin -> ORIGIN.matcher(origin).matches()),
        "CORS_ALLOWED_ORIGINS must be origins such as https://app.example.org, separated by commas");
    origins = List.copyOf(origins);
  }

  static AccessSettings read(Variables variables) {
    Duration accessToken =
        variables.get(
            "ACCESS_TOKEN_SECONDS",
            DEFAULTS.accessToken,
            duration -> String.valueOf(duration.toSeconds()),
            text -> Duration.ofSeconds(whole(text)));
    Duration login = days(variables, "LOGIN_DAYS", DEFAULTS.login);
    Duration auditFor = days(variables, "AUDIT_DAYS", DEFAULTS.auditFor);
    List<String> origins =
        variables.get(
            "CORS_ALLOWED_ORIGINS",
            DEFAULTS.origins,
            list -> String.join(",", list),
            AccessSettings::words);
    Optional<OidcSettings> oidc = OidcSettings.read(variables);
    return variables.checked(
        DEFAULTS, () -> new AccessSettings(accessToken, login, auditFor, origins, oidc));
  }

  private static Duration days(Variables variables, String name, Duration fallback) {
    return variables.get(
        name,
        fallback,
        duration -> String.valueOf(duration.toDays()),
        text -> Duration.ofDays(whole(text)));
  }

  private static int whole(String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException("must be a whole number, not \"%s\"".formatted(text));
    }
  }

  private static List<String> words(String text) {
    return Arrays.stream(text.split(",", -1))
        .map(word -> word.strip().replaceFirst("/$", ""))
        .filter(word -> !word.isEmpty())
        .toList();
  }

  private static void check(boolean holds, String complaint) {
    if (!holds) {
      throw new IllegalArgumentException(complaint);
    }
  }
}
