package dev.errand.server.compat.push;

import jakarta.servlet.http.HttpServletRequest;
import java.net.URI;
import java.util.Optional;

/// Where others find this server: `BACKEND_URL`, or the address by which they just called.
public final class PublicAddress {
  private final Optional<URI> configured;

  public PublicAddress(Optional<URI> configured) {
    this.configured = configured;
  }

  /// The whole address of what lies at `path`.
  public String of(String path, HttpServletRequest request) {
    String base =
        configured
            .map(URI::toString)
            .orElseGet(() -> request.getScheme() + "://" + request.getHeader("Host"));
    return (base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path;
  }

  /// The whole address that `request` was sent to.
  String ofCall(HttpServletRequest request) {
    String query = request.getQueryString();
    return of(request.getRequestURI() + (query == null ? "" : "?" + query), request);
  }
}
