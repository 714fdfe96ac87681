package dev.errand.handlers.model;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// What a model is asked: to answer `prompt` with one JSON value of the shape of `schema`.
///
/// @param instructions that hold whatever the prompt says
/// @param correction what was wrong with a first answer, when this is the second time
public record Question(
    String instructions, String prompt, JsonShape schema, Optional<Correction> correction) {
  /// A token has three bytes or more in most languages; a few more go to the form of a message.
  private static final int BYTES_A_TOKEN = 3;

  private static final int FORM = 100;

  /// @param complaints what is wrong with `answer`
  public record Correction(String answer, List<String> complaints) {
    public Correction {
      complaints = List.copyOf(complaints);
    }

    String request() {
      return "Your answer is not usable:\n- %s\n\nAnswer again with the whole, corrected JSON."
          .formatted(String.join("\n- ", complaints));
    }
  }

  /// The question once more, after an answer that cannot be used.
  public Question again(String answer, List<String> complaints) {
    return new Question(
        instructions, prompt, schema, Optional.of(new Correction(answer, complaints)));
  }

  /// The instructions with what they say about the form of the answer.
  public String wholeInstructions() {
    return instructions
        + "\n\nAnswer with one JSON object and nothing else. It must be valid against this JSON"
        + " Schema:\n"
        + schema.text();
  }

  /// How many tokens it has, rather too many than too few.
  public int estimatedTokens() {
    int bytes =
        bytes(wholeInstructions())
            + bytes(prompt)
            + correction.map(one -> bytes(one.answer()) + bytes(one.request())).orElse(0)
            + bytes(schema.text());
    return bytes / BYTES_A_TOKEN + FORM;
  }

  private static int bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
