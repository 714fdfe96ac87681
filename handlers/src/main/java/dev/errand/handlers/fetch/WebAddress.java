package dev.errand.handlers.fetch;

import java.net.IDN;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An http or https address in a form that all programs read alike: the host in lower-case ASCII,
/// an IPv4 address as a dotted quad only, no user name, no fragment, everything else
/// percent-encoded.
///
/// @param uri absolute, with a host
public record WebAddress(URI uri) {
  private static final int MAX_LENGTH = 2_048;

  private static final Pattern SHAPE =
      Pattern.compile("(?i)(https?)://([^/?#]*)(/[^?#]*)?(\\?[^#]*)?(#.*)?");

  private static final Pattern AUTHORITY =
      Pattern.compile("(?<host>\\[[0-9a-fA-F:.]+]|[^:\\[\\]@%\\s\\\\]+)(?::(?<port>\\d{0,5}))?");

  private static final Pattern NUMERIC_END = Pattern.compile("(?:.*\\.)?(\\d+|0x[0-9a-f]*)");

  private static final Pattern DOTTED_QUAD =
      Pattern.compile("(?:(?:0|[1-9]\\d?|1\\d\\d|2[0-4]\\d|25[0-5])(?:\\.(?!$)|$)){4}");

  /// @throws IllegalArgumentException saying what is wrong with `text`, fit for a caller's eyes
  public static WebAddress of(String text) {
    require(text.length() <= MAX_LENGTH, "must have at most %d characters".formatted(MAX_LENGTH));
    Matcher shape = SHAPE.matcher(text.strip());
    require(shape.matches(), "must start with http:// or https://");
    String authority = shape.group(2);
    require(!authority.contains("@"), "must not hold a user name or password");
    Matcher parts = AUTHORITY.matcher(authority);
    require(parts.matches(), "must name a host");
    String path = shape.group(3) == null ? "/" : shape.group(3);
    String query = shape.group(4) == null ? "" : shape.group(4);
    String scheme = shape.group(1).toLowerCase(Locale.ROOT);
    return new WebAddress(
        uri(scheme + "://" + host(parts) + port(parts, scheme) + encoded(path) + encoded(query)));
  }

  /// What is wrong with `text` as an address, fit for a caller's eyes; empty when nothing is.
  public static Optional<String> problem(String text) {
    try {
      of(text);
      return Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.of(String.valueOf(e.getMessage()));
    }
  }

  /// The host: a name, a dotted quad, or IPv6 without brackets.
  public String host() {
    return uri.getHost().replace("[", "").replace("]", "");
  }

  public boolean isEncrypted() {
    return uri.getScheme().equals("https");
  }

  int port() {
    return uri.getPort() >= 0 ? uri.getPort() : isEncrypted() ? 443 : 80;
  }

  /// Where a `Location` in an answer from here leads.
  ///
  /// @throws IllegalArgumentException when it is not an http or https address
  WebAddress follow(String location) {
    String target = location.strip();
    if (SHAPE.matcher(target).matches()) {
      return of(target);
    }
    try {
      return of(uri.resolve(encoded(target)).toString());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("leads to an address that is none", e);
    }
  }

  @Override
  public String toString() {
    return uri.toString();
  }

  private static String host(Matcher parts) {
    String host = parts.group("host");
    if (host.startsWith("[")) {
      return host.toLowerCase(Locale.ROOT);
    }
    String ascii = ascii(host);
    require(
        !NUMERIC_END.matcher(ascii).matches() || DOTTED_QUAD.matcher(ascii).matches(),
        "must write an IP address as four decimal numbers");
    return ascii;
  }

  private static String ascii(String host) {
    String name;
    try {
      name = IDN.toASCII(host, IDN.ALLOW_UNASSIGNED).toLowerCase(Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("must have a host name that DNS can know (RFC 5890)", e);
    }
    return name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
  }

  private static String port(Matcher parts, String scheme) {
    String port = parts.group("port");
    String usual = scheme.equals("https") ? "443" : "80";
    return port == null || port.isEmpty() || port.equals(usual) ? "" : ":" + port;
  }

  private static URI uri(String text) {
    URI uri;
    try {
      uri = URI.create(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("is not an address", e);
    }
    require(uri.getHost() != null && uri.getRawUserInfo() == null, "must name a host");
    require(uri.getPort() <= 65_535, "must have a port up to 65535");
    return uri;
  }

  /// Percent-encodes what an address may not hold as it is; a stray `%` stays readable.
  private static String encoded(String part) {
    StringBuilder encoded = new StringBuilder();
    for (byte octet : part.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xff);
      if (c > ' ' && c < 0x7f && "\"<>\\^`{|}".indexOf(c) < 0) {
        encoded.append(c);
      } else {
        encoded.append("%%%02X".formatted((int) c));
      }
    }
    return encoded.toString().replaceAll("%(?![0-9a-fA-F]{2})", "%25");
  }

  private static void require(boolean holds, String otherwise) {
    if (!holds) {
      throw new IllegalArgumentException(otherwise);
    }
  }
}
