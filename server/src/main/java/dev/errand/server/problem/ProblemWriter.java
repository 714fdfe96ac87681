package dev.errand.server.problem;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
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
    byte[] body = json.writeValueAsBytes(refusal.toJson(request.getRequestURI()));
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }
}
