package dev.errand.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;

/// An OpenID Connect issuer whose tokens are accepted.
///
/// @param issuer exactly as it stands in its tokens
/// @param audience what its tokens must be for
/// @param userClaim the claim that names the user
/// @param roleClaim the claim that lists what the user is; a dot leads into an object
/// @param adminRole the word in that claim that makes an administrator
/// @param operatorRole the word in that claim that makes an operator
public record OidcSettings(
    String issuer,
    String audience,
    String userClaim,
    String roleClaim,
    String adminRole,
    String operatorRole) {
  private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");

  /// @throws IllegalArgumentException naming the variable
  public OidcSettings {
    if (!trustworthy(issuer) || issuer.contains("?") || issuer.contains("#")) {
      throw new IllegalArgumentException(
          "OIDC_ISSUER must be an https URL (http on this machine only), exactly as in the tokens");
    }
  }

  /// Whether what comes from there comes unchanged: by https, or from this machine.
  public static boolean trustworthy(String url) {
    try {
      URI uri = new URI(url);
      return uri.getHost() != null
          && ("https".equals(uri.getScheme())
              || ("http".equals(uri.getScheme()) && LOOPBACK.matcher(uri.getHost()).matches()));
    } catch (URISyntaxException _) {
      return false;
    }
  }

  static Optional<OidcSettings> read(Variables variables) {
    Optional<String> issuer = word(variables, "OIDC_ISSUER");
    Optional<String> audience = word(variables, "OIDC_AUDIENCE");
    String userClaim = word(variables, "OIDC_USER_CLAIM", "sub");
    String roleClaim = word(variables, "OIDC_ROLE_CLAIM", "roles");
    String adminRole = word(variables, "OIDC_ADMIN_ROLE", "errand-admin");
    String operatorRole = word(variables, "OIDC_OPERATOR_ROLE", "errand-operator");
    variables.require(
        issuer.isPresent() == audience.isPresent(),
        "OIDC_ISSUER and OIDC_AUDIENCE go together: a token must be meant for this server");
    if (issuer.isEmpty() || audience.isEmpty()) {
      return Optional.empty();
    }
    return variables.checked(
        Optional.empty(),
        () ->
            Optional.of(
                new OidcSettings(
                    issuer.get(), audience.get(), userClaim, roleClaim, adminRole, operatorRole)));
  }

  private static Optional<String> word(Variables variables, String name) {
    return variables.find(name, "none", UnaryOperator.identity(), UnaryOperator.identity());
  }

  private static String word(Variables variables, String name, String fallback) {
    return variables.get(name, fallback, UnaryOperator.identity(), UnaryOperator.identity());
  }
}
