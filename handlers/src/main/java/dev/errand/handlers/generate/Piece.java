package dev.errand.handlers.generate;

import dev.errand.engine.artifact.Artifact;
import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.TaskFailure;
import java.nio.charset.StandardCharsets;

/// A generated work, stored as JSON, Markdown and HTML.
///
/// @param name of its files, without an ending, and of its kind
record Piece(String name, String title, String json, String markdown) {

  /// @return the artifact that holds the JSON
  Artifact store(Attempt attempt) throws TaskFailure {
    attempt.store(
        name + ".md", name + "_markdown", "text/markdown; charset=utf-8", bytes(markdown));
    attempt.store(
        name + ".html",
        name + "_html",
        "text/html; charset=utf-8",
        bytes(Markdown.html(title, markdown)));
    return attempt.store(name + ".json", name + "_json", "application/json", bytes(json));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
