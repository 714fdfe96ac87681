package dev.errand.server.security;

import jakarta.servlet.http.HttpServletRequest;
import java.util.regex.Pattern;

/// The calls by which a queue hands a task back to us. They carry tokens of their own, which their
/// doors check; nobody's right to anything follows from them.
final class PushCalls {
  /// As it was sent: a path in disguise is none of these.
  private static final Pattern PATHS =
      Pattern.compile("/api/internal/run-one-time-research/[0-9A-Za-z-]+|/api/v1/blog/worker");

  private PushCalls() {}

  static boolean one(HttpServletRequest request) {
    String path = request.getRequestURI();
    return request.getMethod().equals("POST")
        && (PATHS.matcher(path).matches()
            || (path.equals("/api/jobs") && "process".equals(request.getParameter("action"))));
  }
}
