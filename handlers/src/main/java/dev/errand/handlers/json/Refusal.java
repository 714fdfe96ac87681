package dev.errand.handlers.json;

import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.InvalidParams.Violation;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.InputCoercionException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.databind.DatabindException;
import tools.jackson.databind.exc.InvalidNullException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;

/// Turns what Jackson throws into violations a caller can act on, without naming any class.
final class Refusal {
  private Refusal() {}

  static InvalidParams of(String pointer, String detail) {
    return new InvalidParams(List.of(new Violation(pointer, detail)));
  }

  static InvalidParams of(JacksonException thrown) {
    String pointer = pointer(thrown);
    InvalidParams invalid =
        switch (thrown.getCause()) {
          case InvalidParams inner -> within(pointer, inner);
          case IllegalArgumentException inner when thrown instanceof DatabindException ->
              of(pointer, String.valueOf(inner.getMessage()));
          case null, default -> of(pointer, detail(thrown));
        };
    invalid.initCause(thrown);
    return invalid;
  }

  /// A record inside points from itself; the caller points from the whole.
  private static InvalidParams within(String pointer, InvalidParams inner) {
    return new InvalidParams(
        inner.violations().stream()
            .map(v -> new Violation(pointer + v.pointer(), v.detail()))
            .toList());
  }

  private static String detail(JacksonException thrown) {
    return switch (thrown) {
      case UnrecognizedPropertyException unknown ->
          "is not a known field; known are " + names(unknown);
      case InvalidNullException _ -> "must not be null";
      case MismatchedInputException missing when isMissing(missing) -> "is missing";
      case MismatchedInputException kind -> "must be " + Expected.of(kind.getTargetType());
      case InputCoercionException _ -> "is out of range";
      case StreamReadException text -> malformed(text);
      default -> "cannot be read";
    };
  }

  private static boolean isMissing(MismatchedInputException thrown) {
    return thrown.getOriginalMessage().startsWith("Missing required creator property");
  }

  private static String names(UnrecognizedPropertyException unknown) {
    return unknown.getKnownPropertyIds().stream()
        .map(String::valueOf)
        .sorted()
        .collect(Collectors.joining(", "));
  }

  private static String malformed(StreamReadException text) {
    return "is not JSON as it should be: %s (line %d, column %d)"
        .formatted(
            firstLine(text.getOriginalMessage()),
            text.getLocation().getLineNr(),
            text.getLocation().getColumnNr());
  }

  private static String firstLine(String message) {
    return message.lines().findFirst().orElse("");
  }

  private static String pointer(JacksonException thrown) {
    return thrown.getPath().stream()
        .map(step -> step.getPropertyName() == null ? "" + step.getIndex() : step.getPropertyName())
        .map(step -> "/" + step.replace("~", "~0").replace("/", "~1"))
        .collect(Collectors.joining());
  }
}
