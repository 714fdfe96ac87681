package dev.errand.server.task;

import dev.errand.server.problem.ProblemResolver;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.springframework.web.servlet.HandlerMapping;

/// Takes `POST /tasks` to its door past Spring's dispatch, which would take more of the processor
/// than everything else that is done for such a request (docs/performance.md). What is answered is
/// the same.
public final class ShortCut extends HttpFilter {
  /// The one path for which this filter is made.
  public static final String PATH = "/tasks";

  private final transient TasksDoor door;
  private final transient ProblemResolver problems;

  public ShortCut(TasksDoor door, ProblemResolver problems) {
    this.door = door;
    this.problems = problems;
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (!request.getMethod().equals("POST")) {
      chain.doFilter(request, response);
      return;
    }
    request.setAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE, PATH);
    try {
      door.submit(request, response);
    } catch (IOException | RuntimeException thrown) {
      problems.resolveException(request, response, door, thrown);
    }
  }
}
