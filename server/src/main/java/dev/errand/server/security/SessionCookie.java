package dev.errand.server.security;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.http.ResponseCookie;

/// The cookie of a browser's session. No script sees it, and no page of another site sends it.
public final class SessionCookie {
  private static final String NAME = "errand_session";

  private SessionCookie() {}

  /// The header that gives `value` to a browser; over https it is kept for https.
  ///
  /// @param life zero to take the cookie away
  public static String header(HttpServletRequest request, String value, Duration life) {
    return ResponseCookie.from(NAME, value)
        .httpOnly(true)
        .secure(request.isSecure())
        .sameSite("Strict")
        .path("/")
        .maxAge(life)
        .build()
        .toString();
  }

  /// The values that came with `request`.
  public static Stream<String> values(HttpServletRequest request) {
    return Optional.ofNullable(request.getCookies())
        .map(Arrays::stream)
        .orElseGet(Stream::empty)
        .filter(cookie -> cookie.getName().equals(NAME))
        .map(Cookie::getValue);
  }
}
