package dev.errand.server.problem;

import dev.errand.engine.attempt.InvalidParams.Violation;
import java.util.List;

/// What a caller gets instead of an answer, as RFC 9457 has it.
///
/// @param type a URI that stays the same for one kind of problem
/// @param title the kind of problem, in words
/// @param detail this very problem, and what to do about it
/// @param code the last part of `type`: stable, for programs
/// @param errors each bad field, with a JSON Pointer (RFC 6901) into what was sent
/// @param instance the path that was called
public record ProblemJson(
    String type,
    String title,
    int status,
    String detail,
    String code,
    List<Violation> errors,
    String instance) {
  public static final String MEDIA_TYPE = "application/problem+json";

  public ProblemJson {
    errors = List.copyOf(errors);
  }
}
