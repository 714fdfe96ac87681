package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import dev.errand.handlers.read.Mark.Style;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Writes a document as Markdown: CommonMark with GitHub's tables. What looks like a tag or like
/// Markdown by accident is escaped: the result holds no HTML, and read again it has the same text.
public final class DocumentMarkdown {
  private static final Pattern ACCIDENTAL_MARK =
      Pattern.compile(
          "^(#{1,6}(?=\\s|$)|[-+](?=\\s|$)|>|~~~|\\d{1,9}(?=[.)](\\s|$))|[-=]{2,}$|=+$)");
  private static final Pattern LINES = Pattern.compile("\n");

  private final Document document;
  private final InlineMarkdown inline;
  private final List<Mark> holders;
  private int next;

  /// The last table that began.
  private @Nullable Mark table;

  private final StringBuilder out = new StringBuilder();

  /// The items around the block that is written, the innermost first.
  private final Deque<Item> items = new ArrayDeque<>();

  /// An item of a list.
  ///
  /// @param marker what stands before its first block; the others are indented as much
  private record Item(String marker, boolean numbered, int end) {
    static Item of(Mark mark) {
      boolean numbered = mark.style() == Style.NUMBERED_ITEM;
      return new Item(numbered ? mark.value() + ". " : "- ", numbered, mark.end());
    }

    boolean isFirst() {
      return !numbered || marker.equals("1. ");
    }
  }

  private DocumentMarkdown(Document document) {
    this.document = document;
    this.inline = new InlineMarkdown(document);
    this.holders = document.marks().stream().filter(mark -> mark.style().holdsBlocks()).toList();
  }

  public static String of(Document document) {
    return new DocumentMarkdown(document).write();
  }

  private String write() {
    for (int i = 0; i < document.blocks().size(); i++) {
      Block block = document.blocks().get(i);
      boolean afterNumbered = leaveItems(block.start());
      List<Item> begun = begun(block);
      if (i > 0) {
        boolean tight = !begun.isEmpty() && (begun.getFirst().isFirst() || afterNumbered);
        separate(document.blocks().get(i - 1), block, tight);
      }
      out.append(indentation());
      for (Item item : begun) {
        out.append(item.marker());
        items.push(item);
      }
      write(block, i);
    }
    return out.toString();
  }

  /// The items that begin with a block, the outer ones first.
  private List<Item> begun(Block block) {
    List<Item> begun = new ArrayList<>();
    while (next < holders.size() && holders.get(next).start() <= block.start()) {
      Mark mark = holders.get(next++);
      if (mark.style() == Style.TABLE) {
        table = mark;
      } else {
        begun.add(Item.of(mark));
      }
    }
    if (begun.isEmpty() && items.isEmpty() && block.kind() == Kind.LIST_ITEM) {
      begun.add(new Item("- ", false, block.end())); // a term or its definition
    }
    return begun;
  }

  /// @return whether an item with a number has ended just here, and none around it
  private boolean leaveItems(int at) {
    boolean numbered = false;
    while (!items.isEmpty() && items.element().end() <= at) {
      numbered = items.pop().numbered();
    }
    return numbered;
  }

  private String indentation() {
    int width = items.stream().mapToInt(item -> item.marker().length()).sum();
    return " ".repeat(width);
  }

  private void separate(Block before, Block block, boolean tight) {
    if (before.kind() == Kind.QUOTE && block.kind() == Kind.QUOTE) {
      out.append("\n").append(indentation()).append(">\n");
    } else if (isInTable(before) && isInTable(block)) {
      out.append('\n');
    } else {
      out.append(tight && before.kind() == Kind.LIST_ITEM ? "\n" : "\n\n");
    }
  }

  private boolean isInTable(Block block) {
    return table != null && table.start() <= block.start() && block.end() <= table.end();
  }

  private void write(Block block, int index) {
    switch (block.kind()) {
      case HEADING -> {
        int level = Math.clamp(block.headings().size(), 1, 6);
        out.append("#".repeat(level)).append(' ').append(inline.of(block));
      }
      case QUOTE -> out.append("> ").append(line(block));
      case CODE -> code(document.textOf(block));
      case TABLE_ROW -> {
        if (isInTable(block)) {
          row(block, index);
        } else {
          out.append(line(block));
        }
      }
      case PARAGRAPH, LIST_ITEM -> out.append(line(block));
    }
  }

  private String line(Block block) {
    String line = inline.of(block);
    Matcher mark = ACCIDENTAL_MARK.matcher(line);
    if (!mark.find()) {
      return line;
    }
    int afterNumber = Character.isDigit(line.charAt(0)) ? mark.end() : 0;
    return line.substring(0, afterNumber) + "\\" + line.substring(afterNumber);
  }

  /// A table's first row is its head, as wide as its widest row.
  private void row(Block block, int index) {
    out.append("| ").append(inline.of(block)).append(" |");
    boolean isHead = index == 0 || !isInTable(document.blocks().get(index - 1));
    if (isHead) {
      int columns =
          document.blocks().subList(index, document.blocks().size()).stream()
              .takeWhile(this::isInTable)
              .mapToInt(this::columns)
              .max()
              .orElse(1);
      out.append("  |".repeat(columns - columns(block)))
          .append('\n')
          .append(indentation())
          .append('|')
          .append(" --- |".repeat(columns));
    }
  }

  private int columns(Block row) {
    return (int) InlineMarkdown.BAR.matcher(document.textOf(row)).results().count() + 1;
  }

  /// The fence is longer than any run of backticks inside.
  private void code(String code) {
    String fence = "`".repeat(Math.max(3, InlineMarkdown.longestRun(code) + 1));
    String indented = LINES.matcher(code).replaceAll("\n" + indentation());
    String margin = "\n" + indentation();
    out.append(fence).append(margin).append(indented).append(margin).append(fence);
  }
}
