package dev.errand.server.security;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.http.server.ServerHttpResponse;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.DefaultCorsProcessor;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

/// Lets pages of named origins call this server from a browser. They bring a token: cookies are for
/// our own pages only.
public final class Cors {
  private static final Duration ANSWER_LIVES = Duration.ofHours(1);

  private Cors() {}

  public static CorsFilter filter(List<String> origins) {
    CorsConfiguration rules = new CorsConfiguration();
    rules.setAllowedOrigins(origins);
    rules.setAllowedMethods(List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"));
    rules.setAllowedHeaders(
        List.of(
            "Authorization",
            "X-API-Key",
            "Content-Type",
            "Idempotency-Key",
            "Last-Event-ID",
            "Mcp-Session-Id",
            "MCP-Protocol-Version",
            "If-None-Match",
            "If-Range",
            "Range",
            "traceparent",
            "X-Request-Id"));
    rules.setExposedHeaders(
        List.of(
            "Location",
            "Retry-After",
            "ETag",
            "Content-Range",
            "Mcp-Session-Id",
            "X-Request-Id",
            "traceparent"));
    rules.setAllowCredentials(false);
    rules.setMaxAge(ANSWER_LIVES);
    UrlBasedCorsConfigurationSource everywhere = new UrlBasedCorsConfigurationSource();
    everywhere.registerCorsConfiguration("/**", rules);
    CorsFilter filter = new CorsFilter(everywhere);
    filter.setCorsProcessor(new Processor());
    return filter;
  }

  /// Refuses as we do everywhere.
  private static final class Processor extends DefaultCorsProcessor {
    private static final String REFUSAL =
        """
        {"type":"urn:errand:problem:origin_not_allowed","title":"Forbidden","status":403,\
        "detail":"Pages of this origin may not call this server (CORS_ALLOWED_ORIGINS).",\
        "code":"origin_not_allowed","errors":[]}\
        """;

    @Override
    protected void rejectRequest(ServerHttpResponse response) throws IOException {
      response.setStatusCode(HttpStatus.FORBIDDEN);
      response.getHeaders().set("Content-Type", "application/problem+json");
      response.getBody().write(REFUSAL.getBytes(StandardCharsets.UTF_8));
      response.flush();
    }
  }
}
