package dev.errand.server.security;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/// What every answer tells a browser: guess nothing, run nothing, frame nothing, pass nothing on.
public final class SecurityHeaders extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    // Nothing was said before; to set a header would look for it among the others.
    response.addHeader("X-Content-Type-Options", "nosniff");
    response.addHeader(
        "Content-Security-Policy",
        "default-src 'none'; style-src 'self'; frame-ancestors 'none'; base-uri 'none';"
            + " form-action 'none'");
    response.addHeader("Referrer-Policy", "no-referrer");
    response.addHeader("X-Frame-Options", "DENY");
    response.addHeader("X-Permitted-Cross-Domain-Policies", "none");
    response.addHeader(
        "Permissions-Policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=()");
    if (request.isSecure()) {
      response.addHeader("Strict-Transport-Security", "max-age=31536000");
    }
    response.addHeader("Cross-Origin-Resource-Policy", "same-origin");
    response.addHeader("Cross-Origin-Opener-Policy", "same-origin");
    response.addHeader("Cache-Control", "no-store");
    chain.doFilter(request, response);
  }
}
