package dev.errand.server.security;

import dev.errand.engine.access.Caller;
import dev.errand.engine.access.Scope;
import dev.errand.engine.problem.Problem;
import dev.errand.engine.task.StoreUnavailable;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.http.HttpStatus;

/// The one place that lets callers in. What passes carries its [Identity] and its [Caller].
public final class Authentication extends HttpFilter {
  /// Whose things an administrator was let at in this request.
  static final String OTHERS = Authentication.class.getName() + ".others";

  private static final String HOW_TO_AUTHENTICATE =
      "Send \"Authorization: Bearer <token>\" with an access token or an API key; the administrator's"
          + " token is in the file \"token\" of the server's data directory.";

  private static final String NOT_ACCEPTED =
      "The token that was sent is not accepted: it is none of this server's, was revoked, or its"
          + " login has ended.";

  /// Doors that let everybody in, as they are sent: a path in disguise is none of these. Some look
  /// at other tokens themselves.
  private static final Set<String> OPEN =
      Set.of(
          "/",
          "/health",
          "/health/live",
          "/health/ready",
          "/openapi.json",
          "/docs",
          "/docs/style.css",
          "/api/auth/login",
          "/api/auth/refresh",
          "/.well-known/jwks.json");

  private static final String ME = "/api/auth/me";

  /// Everything is a POST there, and each tool looks at what it needs.
  private static final String MCP = "/mcp";

  private static final List<String> OF_IDENTITY =
      List.of("/api/auth", "/users", "/api-keys", "/audit");
  private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD");
  private static final Duration TRY_AGAIN_AFTER = Duration.ofSeconds(2);

  private final transient Authenticator authenticator;
  private final transient ProblemWriter problems;

  public Authentication(Authenticator authenticator, ProblemWriter problems) {
    this.authenticator = authenticator;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Optional<Refusal> refusal =
        OPEN.contains(request.getRequestURI())
                || PushCalls.one(request)
                || ScrapeGuard.passed(request)
            ? Optional.empty()
            : admit(request);
    if (refusal.isPresent()) {
      problems.write(refusal.get(), request, response);
    } else {
      chain.doFilter(request, response);
    }
  }

  private Optional<Refusal> admit(HttpServletRequest request) {
    try {
      Optional<Identity> known = authenticator.identify(request);
      known.ifPresent(identity -> attach(identity, request));
      return known
          .map(identity -> missingScope(identity, request))
          .orElseGet(() -> Optional.of(Refusal.of(new Problem.Unauthorized(why(request)))));
    } catch (Problem.Refused refused) {
      return Optional.of(Refusal.of(refused.problem()));
    } catch (Refusal.Refused refused) {
      return Optional.of(refused.refusal());
    } catch (StoreUnavailable _) {
      return Optional.of(Refusal.of(new Problem.Unavailable(TRY_AGAIN_AFTER)));
    }
  }

  private static String why(HttpServletRequest request) {
    boolean sent = RequestToken.of(request).filter(token -> !token.isEmpty()).isPresent();
    return sent ? NOT_ACCEPTED : HOW_TO_AUTHENTICATE;
  }

  private static void attach(Identity identity, HttpServletRequest request) {
    request.setAttribute(Identity.class.getName(), identity);
    request.setAttribute(
        Caller.class.getName(),
        new Caller(identity.user(), identity.role(), owner -> request.setAttribute(OTHERS, owner)));
  }

  private static Optional<Refusal> missingScope(Identity identity, HttpServletRequest request) {
    Scope needed = scopeFor(request);
    return identity.allows(needed)
        ? Optional.empty()
        : Optional.of(
            Refusal.of(
                HttpStatus.FORBIDDEN,
                "insufficient_scope",
                "This API key would need the scope %s for that.".formatted(needed)));
  }

  private static Scope scopeFor(HttpServletRequest request) {
    // Decoded and without parameters, as the doors are found: /%61pi-keys is /api-keys.
    String path = request.getServletPath();
    if (!path.equals(ME)
        && OF_IDENTITY.stream()
            .anyMatch(door -> path.equals(door) || path.startsWith(door + "/"))) {
      return Scope.ADMIN;
    }
    boolean reads = SAFE_METHODS.contains(request.getMethod()) || path.equals(MCP);
    return reads ? Scope.TASKS_READ : Scope.TASKS_WRITE;
  }
}
