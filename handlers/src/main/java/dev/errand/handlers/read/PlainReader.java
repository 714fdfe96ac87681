package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Kind;
import java.util.List;
import java.util.regex.Pattern;

/// Reads text without markup, and source text as it stands.
final class PlainReader {
  private static final Pattern BLANK_LINES = Pattern.compile("\\R(?:[ \\t]*+\\R)++|\\f");

  /// Columns or deep indentation made with spaces, which joining the lines would destroy.
  private static final Pattern LAID_OUT = Pattern.compile("(?m)^(?: {4}|\\t)|\\S(?: {3}|\\t)");

  Document prose(String text) {
    Manuscript manuscript = new Manuscript();
    for (String paragraph : BLANK_LINES.split(text, -1)) {
      if (LAID_OUT.matcher(paragraph).find()) {
        manuscript.addCode(paragraph);
        manuscript.end(Kind.CODE);
      } else {
        manuscript.add(paragraph);
        manuscript.end(Kind.PARAGRAPH);
      }
    }
    return document(manuscript, "plain", 0.9);
  }

  Document source(String text, String strategy) {
    Manuscript manuscript = new Manuscript();
    for (String part : BLANK_LINES.split(text, -1)) {
      manuscript.addCode(part);
      manuscript.end(Kind.CODE);
    }
    return document(manuscript, strategy, 0.5);
  }

  private static Document document(Manuscript manuscript, String strategy, double confidence) {
    if (manuscript.blocks().isEmpty()) {
      return Document.nothing();
    }
    return new Document(
        manuscript.text(),
        null,
        null,
        null,
        null,
        manuscript.blocks(),
        manuscript.marks(),
        List.of(),
        Document.FILE,
        strategy,
        confidence);
  }
}
