package dev.errand.server.problem;

import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ErrorReportValve;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;

/// Answers what Tomcat itself refuses, before any of our code sees it, with a problem as well.
public final class ProblemValve extends ErrorReportValve {
  private final ProblemWriter writer;

  public ProblemValve(ProblemWriter writer) {
    this.writer = writer;
  }

  @Override
  protected void report(Request request, Response response, @Nullable Throwable thrown) {
    if (response.getStatus() < 400
        || response.getContentWritten() > 0
        || !response.setErrorReported()) {
      return;
    }
    try {
      writer.write(refusal(response.getStatus()), request.getRequest(), response.getResponse());
      response.finishResponse();
    } catch (IOException e) {
      // Nobody is there to read it.
    }
  }

  private static Refusal refusal(int code) {
    HttpStatus known = HttpStatus.resolve(code);
    HttpStatus status = known == null ? HttpStatus.BAD_REQUEST : known;
    return switch (code) {
      case HttpServletResponse.SC_BAD_REQUEST ->
          Refusal.of(status, "bad_request", "The request is not proper HTTP, or too long.");
      // Tomcat counts these as the server's; nothing of ours is broken.
      case HttpServletResponse.SC_NOT_IMPLEMENTED,
          HttpServletResponse.SC_HTTP_VERSION_NOT_SUPPORTED ->
          Refusal.of(
              HttpStatus.BAD_REQUEST,
              "bad_request",
              "The request's method, transfer encoding or version of HTTP is not known here.");
      case HttpServletResponse.SC_NOT_FOUND ->
          Refusal.of(status, "not_found", "There is no such page.");
      default ->
          status.is5xxServerError()
              ? Refusal.of(status, "internal_error", "Something went wrong on our side.")
              : Refusal.of(status, "bad_request", status.getReasonPhrase() + ".");
    };
  }
}
