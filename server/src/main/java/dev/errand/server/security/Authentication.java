package dev.errand.server.security;

import dev.errand.engine.access.Caller;
import dev.errand.engine.problem.Problem;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// The one place that decides who is calling. What passes carries its [Caller].
public final class Authentication extends HttpFilter {
  static final String COOKIE = "errand_session";
  private static final Caller ADMIN = new Caller("admin", Caller.Role.ADMIN);

  /// What tells nothing of this server's tasks.
  private static final Set<String> OPEN =
      Set.of("/", "/health", "/openapi.json", "/docs", "/docs/style.css");

  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");

  private final AdminToken token;
  private final BrowserSessions sessions;
  private final ProblemWriter problems;

  public Authentication(AdminToken token, BrowserSessions sessions, ProblemWriter problems) {
    this.token = token;
    this.sessions = sessions;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Caller> caller = caller(request);
    caller.ifPresent(known -> request.setAttribute(Caller.class.getName(), known));
    if (caller.isPresent() || open(request.getRequestURI()) || ScrapeGuard.passed(request)) {
      chain.doFilter(request, response);
    } else {
      problems.write(Refusal.of(new Problem.Unauthorized(HOW_TO_AUTHENTICATE)), request, response);
    }
  }

  private static final String HOW_TO_AUTHENTICATE =
      "Send \"Authorization: Bearer <token>\"; the administrator's token is in the file \"token\" of"
          + " the server's data directory.";

  private static boolean open(String path) {
    return OPEN.contains(path) || path.startsWith("/health/");
  }

  private Optional<Caller> caller(HttpServletRequest request) {
    boolean known =
        Presented.token(request)
            // Whoever sends a token wants to be judged by it.
            .map(token::matches)
            .orElseGet(() -> hasSession(request) && (safe(request) || fromOwnPage(request)));
    return known ? Optional.of(ADMIN) : Optional.empty();
  }

  private boolean hasSession(HttpServletRequest request) {
    return Optional.ofNullable(request.getCookies())
        .map(Arrays::stream)
        .orElseGet(Stream::empty)
        .filter(cookie -> cookie.getName().equals(COOKIE))
        .map(Cookie::getValue)
        .anyMatch(sessions::knows);
  }

  private static boolean safe(HttpServletRequest request) {
    return SAFE_METHODS.contains(request.getMethod());
  }

  /// Whether a browser vouches that one of our own pages makes this call: a cookie alone would also
  /// be sent by a page that somebody else made.
  private static boolean fromOwnPage(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    String own = request.getScheme() + "://" + request.getHeader("Host");
    return site != null
        ? site.equals("same-origin") && (origin == null || origin.equals(own))
        : own.equals(origin);
  }
}
