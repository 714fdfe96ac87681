package dev.errand.server.trace;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.slf4j.MDC;

/// Gives every request its [Trace], says it in the answer and in every log line of the request.
public final class TraceFilter extends HttpFilter {

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Trace trace = Trace.of(request.getHeader("traceparent"), request.getHeader("X-Request-Id"));
    request.setAttribute(Trace.class.getName(), trace);
    response.setHeader("traceparent", trace.traceparent());
    response.setHeader("X-Request-Id", trace.requestId());
    try (var _ = MDC.putCloseable("trace_id", trace.traceId());
        var _ = MDC.putCloseable("request_id", trace.requestId())) {
      chain.doFilter(request, response);
    }
  }
}
