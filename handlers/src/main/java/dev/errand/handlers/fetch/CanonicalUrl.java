package dev.errand.handlers.fetch;

import java.net.URI;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// One form for all addresses that surely lead to the same page; the key under which a fetched page
/// is kept.
///
/// Host and scheme are in lower case, the usual port and the fragment gone, dot segments resolved,
/// percent-encoding as short as it can be, the query sorted and without parameters that only tell
/// where a reader came from. A trailing slash stays, and http is never taken for https.
public record CanonicalUrl(String value) {
  private static final Set<String> TRACKING =
      Set.of(
          "_hsenc", "_hsmi", "fbclid", "gclid", "igshid", "mc_cid", "mc_eid", "msclkid", "ref_src",
          "yclid");

  private static final Pattern ENCODED = Pattern.compile("%([0-9a-fA-F]{2})");
  private static final Pattern UNRESERVED = Pattern.compile("[A-Za-z0-9._~-]");

  public static CanonicalUrl of(WebAddress address) {
    URI uri = address.uri();
    return new CanonicalUrl(
        uri.getScheme() + "://" + uri.getAuthority() + path(uri) + query(uri.getRawQuery()));
  }

  @Override
  public String toString() {
    return value;
  }

  /// Without dot segments; what climbs above the root stays at the root.
  private static String path(URI uri) {
    Deque<String> kept = new ArrayDeque<>();
    String[] segments = decoded(uri.getRawPath()).substring(1).split("/", -1);
    for (String segment : segments) {
      if (segment.equals("..")) {
        kept.pollLast();
      } else if (!segment.equals(".")) {
        kept.addLast(segment);
      }
    }
    boolean endsInside = segments[segments.length - 1].matches("\\.\\.?");
    return "/" + String.join("/", kept) + (endsInside && !kept.isEmpty() ? "/" : "");
  }

  private static String query(@Nullable String raw) {
    if (raw == null || raw.isEmpty()) {
      return "";
    }
    String sorted =
        Arrays.stream(raw.split("&", -1))
            .filter(parameter -> !parameter.isEmpty() && !isTracking(parameter))
            .map(CanonicalUrl::decoded)
            .sorted(Comparator.comparing(CanonicalUrl::name))
            .collect(Collectors.joining("&"));
    return sorted.isEmpty() ? "" : "?" + sorted;
  }

  private static boolean isTracking(String parameter) {
    String name = name(parameter).toLowerCase(Locale.ROOT);
    return name.startsWith("utm_") || TRACKING.contains(name);
  }

  private static String name(String parameter) {
    return parameter.replaceFirst("=.*", "");
  }

  /// Decodes what need not be encoded and writes the rest in upper case.
  private static String decoded(String part) {
    return ENCODED
        .matcher(part)
        .replaceAll(octet -> Matcher.quoteReplacement(shortest(octet.group(1))));
  }

  private static String shortest(String hex) {
    String character = String.valueOf((char) Integer.parseInt(hex, 16));
    return UNRESERVED.matcher(character).matches() ? character : "%" + hex.toUpperCase(Locale.ROOT);
  }
}
