package dev.errand.server.config;

import java.net.URI;
import java.util.Locale;

/// The address of a service as people write it.
final class HttpUrl {
  private HttpUrl() {}

  /// @throws IllegalArgumentException when it is none
  static URI parse(String text) {
    URI url = URI.create(text);
    String scheme = String.valueOf(url.getScheme()).toLowerCase(Locale.ROOT);
    if (!(scheme.equals("http") || scheme.equals("https"))
        || url.getHost() == null
        || url.getUserInfo() != null
        || url.getQuery() != null
        || url.getFragment() != null) {
      throw new IllegalArgumentException(
          "must be an address such as https://errand.example, without user, query and fragment");
    }
    return url;
  }
}
