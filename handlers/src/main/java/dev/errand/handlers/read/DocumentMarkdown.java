package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Block;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Writes a document as Markdown. What looks like a tag or like Markdown by accident is escaped:
/// the result holds no HTML and shows the text as it was.
public final class DocumentMarkdown {
  private static final Pattern TAG = Pattern.compile("<(?=[A-Za-z/!?])");
  private static final Pattern ACCIDENTAL_MARK =
      Pattern.compile("^(#{1,6}(?=\\s)|[-+*](?=\\s)|>|~~~|```|\\d{1,9}(?=[.)]\\s)|[-=_*]{3,}$)");

  private DocumentMarkdown() {}

  public static String of(Document document) {
    List<String> blocks = new ArrayList<>();
    for (Block block : document.blocks()) {
      blocks.add(write(block, document.textOf(block)));
    }
    return String.join("\n\n", blocks);
  }

  private static String write(Block block, String text) {
    return switch (block.kind()) {
      case HEADING -> "#".repeat(Math.clamp(block.headings().size(), 1, 6)) + " " + escaped(text);
      case LIST_ITEM -> "- " + escaped(text);
      case QUOTE -> "> " + escaped(text);
      case CODE -> fenced(text);
      case PARAGRAPH, TABLE_ROW -> escaped(text);
    };
  }

  private static String escaped(String text) {
    String withoutTags = TAG.matcher(text).replaceAll("\\\\<");
    return ACCIDENTAL_MARK
        .matcher(withoutTags)
        .replaceFirst(mark -> mark.group().matches("\\d+") ? mark.group() + "\\\\" : "\\\\\\\\$0");
  }

  /// The fence is longer than any run of backticks inside.
  private static String fenced(String code) {
    String fence = "```";
    while (code.contains(fence)) {
      fence += "`";
    }
    return fence + "\n" + code + "\n" + fence;
  }
}
