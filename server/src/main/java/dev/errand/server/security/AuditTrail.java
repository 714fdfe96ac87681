package dev.errand.server.security;

import dev.errand.engine.access.Caller;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.HandlerMapping;

/// Writes down what operators and administrators change that is not their own: queues, and other
/// people's things by whatever door. What users change of their own is in the events of their
/// tasks.
public final class AuditTrail extends HttpFilter {
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");

  /// Doors to what belongs to nobody, or to many at once.
  private static final List<String> COMMON = List.of("/queues/", "/dead-letters/");

  private final transient Audit audit;

  public AuditTrail(Audit audit) {
    this.audit = audit;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } finally {
      if (!SAFE_METHODS.contains(request.getMethod())) {
        look(request, response.getStatus());
      }
    }
  }

  private void look(HttpServletRequest request, int status) {
    Object owner = request.getAttribute(Authentication.OTHERS);
    Object pattern = request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE);
    boolean worthwhile = owner != null || (pattern != null && privileged(request, pattern));
    if (!worthwhile) {
      return;
    }
    String action = request.getMethod() + " " + pattern;
    String detail = detail(owner, status);
    if (status < 400) {
      audit.done(request, action, request.getRequestURI(), detail);
    } else {
      audit.refused(request, action, request.getRequestURI(), detail);
    }
  }

  private static boolean privileged(HttpServletRequest request, Object pattern) {
    return request.getAttribute(Caller.class.getName()) instanceof Caller caller
        && caller.role() != Caller.Role.USER
        && COMMON.stream().anyMatch(door -> pattern.toString().startsWith(door));
  }

  private static String detail(@Nullable Object owner, int status) {
    return owner == null ? "HTTP " + status : "HTTP %d, owner %s".formatted(status, owner);
  }
}
