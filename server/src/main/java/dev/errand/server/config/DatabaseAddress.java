package dev.errand.server.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// A PostgreSQL somebody else runs.
///
/// @param user absent when the URL names it itself or the driver's default is meant
public record DatabaseAddress(String jdbcUrl, @Nullable String user, @Nullable String password) {
  private static final Pattern SCHEME = Pattern.compile("postgres(ql)?(\\+\\w+)?");
  private static final Pattern SECRET_PARAMETER =
      Pattern.compile("(?i)([?&](?:ssl)?password=)[^&]*");

  /// Reads a JDBC URL or the `postgresql://user:password@host:port/database` that other tools use;
  /// a driver in the scheme, such as `postgresql+psycopg2`, is of no interest here.
  ///
  /// @throws IllegalArgumentException saying what is expected, without repeating the text
  public static DatabaseAddress parse(String text) {
    if (text.startsWith("jdbc:postgresql:")) {
      return new DatabaseAddress(text, null, null);
    }
    try {
      return parse(new URI(text));
    } catch (URISyntaxException e) {
      throw expected();
    }
  }

  private static DatabaseAddress parse(URI uri) {
    if (uri.getScheme() == null
        || !SCHEME.matcher(uri.getScheme()).matches()
        || uri.getHost() == null
        || uri.getRawPath().length() < 2) {
      throw expected();
    }
    String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
    String query = uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery();
    String database =
        URLEncoder.encode(decoded(uri.getRawPath().substring(1)), StandardCharsets.UTF_8);
    String jdbcUrl = "jdbc:postgresql://" + uri.getHost() + port + "/" + database + query;
    if (uri.getRawUserInfo() == null) {
      return new DatabaseAddress(jdbcUrl, null, null);
    }
    String[] who = uri.getRawUserInfo().split(":", 2);
    return new DatabaseAddress(jdbcUrl, decoded(who[0]), who.length == 2 ? decoded(who[1]) : null);
  }

  private static String decoded(String text) {
    // In these parts of a URL a plus sign is a plus sign.
    return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
  }

  private static IllegalArgumentException expected() {
    return new IllegalArgumentException(
        "must look like postgresql://user:password@host:port/database or jdbc:postgresql://…;"
            + " special characters in the password are percent-encoded");
  }

  /// For people: without any password.
  @Override
  public String toString() {
    String address = SECRET_PARAMETER.matcher(jdbcUrl).replaceAll("$1***");
    return user == null ? address : "%s as %s".formatted(address, user);
  }
}
