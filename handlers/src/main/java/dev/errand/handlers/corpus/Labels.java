package dev.errand.handlers.corpus;

import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import java.util.regex.Pattern;

/// Lines that name or introduce what follows them without being marked as headings: the questions
/// of a FAQ, the terms of a definition list, "Advantages include:".
public final class Labels {
  private static final int LONGEST = 160;
  private static final int LONGEST_NAME = 100;
  private static final int BLOCKS_BACK = 12;

  /// Begins like a name and does not end like a sentence or a part of one.
  private static final Pattern NAME =
      Pattern.compile("(?s)[\\p{Lu}\\p{N}(\"“'‘`].*(?<![.!,;:])(?<!\\b(?:and|or|finally))");

  private Labels() {}

  /// Whether the block names what follows it.
  public static boolean isLabel(Document document, int index) {
    Block block = document.blocks().get(index);
    if ((block.kind() != Kind.PARAGRAPH && block.kind() != Kind.LIST_ITEM)
        || index + 1 >= document.blocks().size()) {
      return false;
    }
    Block next = document.blocks().get(index + 1);
    int length = block.end() - block.start();
    if (length > LONGEST || next.kind() == Kind.HEADING || next.end() - next.start() <= length) {
      return false;
    }
    var text = document.textOf(block);
    return text.endsWith("?") || (length <= LONGEST_NAME && NAME.matcher(text).matches());
  }

  /// The label above a block, empty when there is none under the same heading.
  public static String labelOf(Document document, int index) {
    var headings = document.blocks().get(index).headings();
    for (int i = index - 1; i >= Math.max(0, index - BLOCKS_BACK); i--) {
      Block block = document.blocks().get(i);
      if (block.kind() == Kind.HEADING || !block.headings().equals(headings)) {
        return "";
      }
      if (isLabel(document, i)) {
        return document.textOf(block);
      }
    }
    return "";
  }

  /// The paragraph that introduces the list a block is in, empty outside lists.
  public static String introOf(Document document, int index) {
    Block item = document.blocks().get(index);
    if (item.kind() != Kind.LIST_ITEM && item.kind() != Kind.TABLE_ROW) {
      return "";
    }
    for (int i = index - 1; i >= 0; i--) {
      Block block = document.blocks().get(i);
      if (block.kind() == item.kind()) {
        continue;
      }
      if (block.kind() != Kind.PARAGRAPH || !document.textOf(block).endsWith(":")) {
        return "";
      }
      return Sentences.in(document.text(), block.start(), block.end())
          .getLast()
          .of(document.text());
    }
    return "";
  }
}
