package dev.errand.handlers.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a model is asked, to be answered with one JSON object that is valid against `schema`.
///
/// @param instructions the system message, which holds whatever the text says
/// @param text the user message
/// @param correction what was wrong with a first answer; absent when it is asked for the first time
public record Prompt(
    String instructions, String text, AnswerSchema schema, Optional<Correction> correction) {
  /// A token has three bytes or more in most languages; a few more go to the form of a message.
  private static final int BYTES_A_TOKEN = 3;

  private static final int FORM = 100;

  /// @param errors what is wrong with `answer`
  public record Correction(String answer, List<String> errors) {
    public Correction {
      errors = List.copyOf(errors);
    }

    String request() {
      return "Your answer is not usable:\n- %s\n\nAnswer again with the whole, corrected JSON."
          .formatted(String.join("\n- ", errors));
    }
  }

  /// The same prompt with a request to correct `answer`, which cannot be used.
  public Prompt again(String answer, List<String> errors) {
    return new Prompt(instructions, text, schema, Optional.of(new Correction(answer, errors)));
  }

  /// The instructions, followed by the schema that the answer must fit.
  public String wholeInstructions() {
    return instructions
        + "\n\nAnswer with one JSON object and nothing else. It must be valid against this JSON"
        + " Schema:\n"
        + schema.text();
  }

  /// About how many tokens it has, rounded up.
  public int estimatedTokens() {
    int bytes =
        bytes(wholeInstructions())
            + bytes(text)
            + correction.map(one -> bytes(one.answer()) + bytes(one.request())).orElse(0)
            + bytes(schema.text());
    return bytes / BYTES_A_TOKEN + FORM;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
