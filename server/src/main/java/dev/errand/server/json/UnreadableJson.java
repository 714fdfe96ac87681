package dev.errand.server.json;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.StreamConstraintsException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.DatabindException;

/// Says what is wrong with a text that is no JSON, in words that are not the parser's.
final class UnreadableJson {
  private UnreadableJson() {}

  static String explain(JacksonException e) {
    String what =
        switch (e) {
          case UnexpectedEndOfInputException _ -> "it ends too early";
          case StreamConstraintsException _ ->
              "it nests deeper than 100 levels, or has an overlong name, number or text";
          case DatabindException _ -> "something follows its value";
          default -> withoutSource(e.getOriginalMessage());
        };
    return "The body is not proper JSON: " + what + where(e.getLocation());
  }

  private static String withoutSource(String message) {
    return message.lines().findFirst().orElse("").replaceFirst(" ?\\(?[^(]*\\[Source.*", "");
  }

  private static String where(@Nullable TokenStreamLocation location) {
    return location == null
        ? ""
        : " (line %d, column %d)".formatted(location.getLineNr(), location.getColumnNr());
  }
}
