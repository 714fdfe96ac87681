package dev.errand.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Optional;

/// The token that comes with a request.
public final class RequestToken {
  private RequestToken() {}

  /// Empty when there is none; an empty text when it comes in another way than a bearer's.
  public static Optional<String> of(HttpServletRequest request) {
    String authorization = request.getHeader("Authorization");
    if (authorization != null) {
      boolean bearer = authorization.regionMatches(true, 0, "Bearer ", 0, 7);
      return Optional.of(bearer ? authorization.substring(7).strip() : "");
    }
    return Optional.ofNullable(request.getHeader("X-API-Key"));
  }
}
