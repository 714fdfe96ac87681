package dev.errand.client;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/// The server answered, and the answer is no.
public final class Refused extends RuntimeException {
  private final int status;
  private final String code;
  private final String detail;
  private final transient List<Violation> violations;
  private final transient @Nullable Duration retryAfter;

  Refused(
      int status,
      String code,
      String detail,
      List<Violation> violations,
      @Nullable Duration retryAfter) {
    super(detail);
    this.status = status;
    this.code = code;
    this.detail = detail;
    this.violations = List.copyOf(violations);
    this.retryAfter = retryAfter;
  }

  /// What is wrong with one field.
  ///
  /// @param pointer a JSON pointer into what was sent, such as `/params/url`
  public record Violation(String pointer, String detail) {
    static Violation of(JsonNode json) {
      return new Violation(json.path("pointer").asString(), json.path("detail").asString());
    }
  }

  /// The HTTP status.
  public int status() {
    return status;
  }

  /// Stable and machine-readable, such as `task_not_found`; `http_502` when the answer had no code
  /// of Errand's.
  public String code() {
    return code;
  }

  public String detail() {
    return detail;
  }

  public List<Violation> violations() {
    return violations;
  }

  /// When to try again, absent when the server did not say.
  public @Nullable Duration retryAfter() {
    return retryAfter;
  }

  /// Whether the same request may be granted a little later.
  public boolean passing() {
    return status == 429 || status == 502 || status == 503 || status == 504;
  }
}
