package dev.errand.server.security;

import dev.errand.server.config.HttpSettings;
import dev.errand.server.problem.ProblemWriter;
import dev.errand.server.problem.Refusal;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Refuses calls that came by a foreign name to a server that listens on loopback only: a page in a
/// browser on this machine can make its own name mean 127.0.0.1 and would then be "same origin"
/// with us (DNS rebinding).
public final class HostGuard extends HttpFilter {
  private static final Pattern LOOPBACK_NAME =
      Pattern.compile("(localhost|[a-z0-9-]+\\.localhost|127(\\.\\d{1,3}){3}|\\[::1])(:\\d{1,5})?");

  private final boolean loopbackOnly;
  private final ProblemWriter problems;

  public HostGuard(HttpSettings settings, ProblemWriter problems) {
    this.loopbackOnly = settings.address().isLoopbackAddress();
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!loopbackOnly || loopback(request.getHeader("Host"))) {
      chain.doFilter(request, response);
    } else {
      problems.write(
          Refusal.of(
              HttpStatus.MISDIRECTED_REQUEST,
              "misdirected_request",
              "This server listens on this machine only; call it as 127.0.0.1 or localhost."),
          request,
          response);
    }
  }

  static boolean loopback(@Nullable String host) {
    return host != null && LOOPBACK_NAME.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }
}
