package dev.errand.handlers.search;

import dev.errand.handlers.fetch.WebAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One form for all addresses of a page, to recognise it by: no fragment, default port or tracking
/// parameter, the query in order, nothing encoded that need not be. http and https stay apart.
public final class CanonicalUrl {
  private static final Set<String> TRACKERS =
      Set.of(
          "gclid", "fbclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref_src", "yclid", "_hsenc",
          "_hsmi");
  private static final Pattern ESCAPE = Pattern.compile("%([0-9a-fA-F]{2})");

  private CanonicalUrl() {}

  /// The canonical form of `url`; what is not an address on the web stays as it is.
  static String of(String url) {
    try {
      URI uri = WebAddress.of(url).uri().normalize();
      String query = query(uri.getRawQuery());
      return uri.getScheme()
          + "://"
          + uri.getRawAuthority()
          + path(uri)
          + (query.isEmpty() ? "" : "?" + query);
    } catch (IllegalArgumentException _) {
      return url;
    }
  }

  private static String path(URI uri) {
    String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
    // Segments `..` above the root mean nothing (RFC 3986, 5.2.4).
    String inside = path.replaceFirst("^(/\\.\\.)+(?=/|$)", "");
    return plain(inside.isEmpty() ? "/" : inside);
  }

  private static String query(@Nullable String query) {
    return query == null
        ? ""
        : Arrays.stream(query.split("&", -1))
            .filter(part -> !part.isEmpty() && !isTracker(part))
            .map(CanonicalUrl::plain)
            .sorted()
            .collect(Collectors.joining("&"));
  }

  /// Whether a part of a query only tracks where a reader came from, such as `utm_source=x`.
  public static boolean isTracker(String part) {
    String name = part.split("=", 2)[0].toLowerCase(Locale.ROOT);
    return name.startsWith("utm_") || TRACKERS.contains(name);
  }

  /// Decodes what need not be encoded (RFC 3986, 2.3), and writes the rest in upper case.
  private static String plain(String text) {
    Matcher escapes = ESCAPE.matcher(text);
    return escapes.replaceAll(escape -> {
      int octet = Integer.parseInt(escape.group(1), 16);
      boolean unreserved =
          octet < 0x80 && (Character.isLetterOrDigit(octet) || "-._~".indexOf(octet) >= 0);
      return unreserved
          ? Matcher.quoteReplacement(
              new String(new byte[] {(byte) octet}, StandardCharsets.US_ASCII))
          : "%" + escape.group(1).toUpperCase(Locale.ROOT);
    });
  }
}
