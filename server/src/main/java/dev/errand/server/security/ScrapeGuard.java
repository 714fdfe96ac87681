package dev.errand.server.security;

import dev.errand.engine.problem.Problem;
import dev.errand.server.config.MetricsToken;
import dev.errand.server.config.NodeRole;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;

/// Lets monitoring read the metrics with a token of its own. A node that serves the API shows them
/// to operators besides; one that does not shows them to nobody else, but without a token to
/// everybody.
public final class ScrapeGuard extends HttpFilter {
  private static final String PASSED = ScrapeGuard.class.getName();
  private static final String HOW_TO_SCRAPE =
      "Send \"Authorization: Bearer <token>\" with the token that this node was given as"
          + " ERRAND_METRICS_TOKEN.";

  private final transient Optional<MetricsToken> token;
  private final NodeRole role;
  private final transient ProblemWriter problems;

  public ScrapeGuard(Optional<MetricsToken> token, NodeRole role, ProblemWriter problems) {
    this.token = token;
    this.role = role;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (matches(request)) {
      request.setAttribute(PASSED, true);
    }
    if (token.isEmpty() || role.servesApi() || passed(request)) {
      chain.doFilter(request, response);
    } else {
      problems.write(Refusal.of(new Problem.Unauthorized(HOW_TO_SCRAPE)), request, response);
    }
  }

  private boolean matches(HttpServletRequest request) {
    return RequestToken.of(request)
        .filter(shown -> token.filter(known -> known.matches(shown)).isPresent())
        .isPresent();
  }

  /// Whether the request came with the token.
  static boolean passed(HttpServletRequest request) {
    return request.getAttribute(PASSED) != null;
  }
}
