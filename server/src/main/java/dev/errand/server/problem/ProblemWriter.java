package dev.errand.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;
import tools.jackson.databind.json.JsonMapper;

/// Writes problems to whoever caused them. Thread-safe.
public final class ProblemWriter {
  private final JsonMapper json;

  public ProblemWriter(JsonMapper json) {
    this.json = json;
  }

  /// Answers with `refusal`, instead of whatever was going to be answered. Does nothing when the
  /// answer is already on its way.
  public void write(Refusal refusal, HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    response.resetBuffer();
    response.setStatus(refusal.status().value());
    refusal.headers().forEach(response::setHeader);
    response.setContentType(ProblemJson.MEDIA_TYPE);
    response.setHeader("Cache-Control", "no-store");
    // An address that is no address at all has no path.
    String path = Objects.requireNonNullElse(request.getRequestURI(), "");
    byte[] body = json.writeValueAsBytes(refusal.toJson(path));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
