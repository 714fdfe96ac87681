package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import dev.errand.handlers.read.Mark.Style;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/// Writes the text of blocks, with its links and styles, as Markdown. Blocks must be given in
/// order. Not thread-safe.
final class InlineMarkdown {
  /// What stands between the cells of a row.
  static final Pattern BAR = Pattern.compile("(?<![^ ])\\|(?![^ ])");

  /// Stands for the unknown neighbour at the edge of a part: the character that needs most
  /// escaping.
  private static final char EDGE = '*';

  private static final Pattern ENTITY = Pattern.compile("&#?\\w{1,31};");
  private static final Pattern BACKTICKS = Pattern.compile("`+");

  private final String text;
  private final List<Mark> marks;
  private int nextMark;

  private final StringBuilder out = new StringBuilder();
  private final Deque<Mark> open = new ArrayDeque<>();

  /// The block that is written, and how far it is.
  private Block block;

  private int at;

  InlineMarkdown(Document document) {
    this.text = document.text();
    this.marks = document.marks().stream().filter(mark -> !mark.style().holdsBlocks()).toList();
    this.block = new Block(Kind.PARAGRAPH, List.of(), 0, 0);
  }

  String of(Block next) {
    block = next;
    at = block.start();
    out.setLength(0);
    while (nextMark < marks.size() && marks.get(nextMark).start() < block.end()) {
      Mark mark = marks.get(nextMark++);
      if (mark.start() >= at && isToBeWritten(mark)) {
        begin(mark);
      }
    }
    closeUntil(block.end());
    writeUntil(block.end());
    return out.toString();
  }

  private boolean isToBeWritten(Mark mark) {
    boolean nested =
        open.stream().anyMatch(one -> one.end() > mark.start() && one.style() == mark.style());
    boolean acrossCells = isRow() && BAR.matcher(text).region(mark.start(), mark.end()).find();
    return !nested
        && !acrossCells
        && switch (mark.style()) {
          case LINK, CODE -> true;
          case EMPHASIS, STRONG -> block.kind() != Kind.HEADING && isFlanked(mark);
          case ITEM, NUMBERED_ITEM, TABLE -> false;
        };
  }

  private boolean isRow() {
    return block.kind() == Kind.TABLE_ROW;
  }

  /// Whether CommonMark takes asterisks around it for what they are meant.
  private boolean isFlanked(Mark mark) {
    int start = mark.start();
    int end = mark.end();
    boolean wordBefore = start > block.start() && isOfWord(text.codePointBefore(start));
    boolean wordAfter = end < block.end() && isOfWord(text.codePointAt(end));
    boolean plain = nextMark == marks.size() || marks.get(nextMark).start() >= end;
    return (!wordBefore || (plain && isOfWord(text.codePointAt(start))))
        && (!wordAfter || (plain && isOfWord(text.codePointBefore(end))));
  }

  private static boolean isOfWord(int character) {
    return Character.isLetterOrDigit(character);
  }

  private void begin(Mark mark) {
    closeUntil(mark.start());
    writeUntil(mark.start());
    if (mark.style() == Style.CODE) {
      code(text.substring(mark.start(), mark.end()));
      at = mark.end();
    } else if (!clashes(mark)) {
      out.append(opening(mark));
      open.push(mark);
    }
  }

  /// Asterisks that end one mark and begin another cannot be told apart.
  private boolean clashes(Mark mark) {
    boolean ended = open.isEmpty() || open.element().start() < mark.start();
    return mark.style() != Style.LINK
        && ended
        && !out.isEmpty()
        && out.charAt(out.length() - 1) == '*';
  }

  private void closeUntil(int end) {
    while (!open.isEmpty() && open.element().end() <= end) {
      writeUntil(open.element().end());
      out.append(closing(open.pop()));
    }
  }

  private static String opening(Mark mark) {
    return switch (mark.style()) {
      case EMPHASIS -> "*";
      case STRONG -> "**";
      default -> "[";
    };
  }

  private static String closing(Mark mark) {
    return mark.style() == Style.LINK
        ? "](" + MarkdownLink.destination(mark.value()) + ")"
        : opening(mark);
  }

  private void code(String code) {
    String fence = "`".repeat(longestRun(code) + 1);
    boolean edgy = code.startsWith("`") || code.endsWith("`");
    String inside = edgy ? " " + code + " " : code;
    out.append(fence).append(isRow() ? inside.replace("|", "\\|") : inside).append(fence);
  }

  /// How many backticks stand in a row, at most.
  static int longestRun(String text) {
    return BACKTICKS.matcher(text).results().mapToInt(run -> run.group().length()).max().orElse(0);
  }

  private void writeUntil(int end) {
    int start = at;
    for (; at < end; at++) {
      char before = at > start ? text.charAt(at - 1) : EDGE;
      char after = at + 1 < end ? text.charAt(at + 1) : EDGE;
      out.append(isAccidental(before, text.charAt(at), after) ? "\\" : "").append(text.charAt(at));
    }
  }

  /// Whether a character would be taken for Markdown or HTML where it stands.
  private boolean isAccidental(char before, char c, char after) {
    return switch (c) {
      case '`' -> true;
      case '*' -> before != ' ' || after != ' ';
      case '_' -> !isOfWord(before) || !isOfWord(after);
      case '<' -> Character.isLetter(after) || "/!?".indexOf(after) >= 0;
      case '\\' -> after > ' ' && after < 0x7f && !Character.isLetterOrDigit(after);
      case ']' -> "([:".indexOf(after) >= 0 || isInLink();
      case '[' -> isInLink();
      case '&' -> ENTITY.matcher(text).region(at, block.end()).lookingAt();
      case '#' ->
          block.kind() == Kind.HEADING && (before == ' ' || before == EDGE) && isLastOfHeading();
      case '|' -> isRow() && !isBar();
      default -> false;
    };
  }

  /// Number signs at the end of a heading are none of its text.
  private boolean isLastOfHeading() {
    int end = at;
    while (end < block.end() && text.charAt(end) == '#') {
      end++;
    }
    return end == block.end();
  }

  private boolean isBar() {
    return (at == block.start() || text.charAt(at - 1) == ' ')
        && (at + 1 == block.end() || text.charAt(at + 1) == ' ');
  }

  private boolean isInLink() {
    return open.stream().anyMatch(mark -> mark.style() == Style.LINK);
  }
}
