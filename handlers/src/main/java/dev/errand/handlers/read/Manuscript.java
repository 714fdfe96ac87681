package dev.errand.handlers.read;

import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;

/// Builds a document's text, block by block, and cleans it on the way: spaces are folded, control
/// and invisible characters dropped, lone surrogates replaced, and the rest normalised to NFC. Not
/// thread-safe.
final class Manuscript {
  /// Far more than any real page has: bounds the memory that a hostile one takes.
  private static final int MAX_BLOCKS = 200_000;

  private static final String BETWEEN_BLOCKS = "\n\n";

  private final StringBuilder text = new StringBuilder();
  private final StringBuilder line = new StringBuilder();
  private final List<Block> blocks = new ArrayList<>();
  private final Marks marks = new Marks();
  private final List<Heading> path = new ArrayList<>();
  private List<String> headings = List.of();
  private int cells;
  private int bars;
  private boolean spaceDue;
  private boolean plain = true;

  private record Heading(int level, String text) {}

  /// One line of text, cleaned in the same way.
  static String clean(String raw) {
    Manuscript manuscript = new Manuscript();
    manuscript.add(raw);
    manuscript.end(Kind.PARAGRAPH);
    return manuscript.text();
  }

  /// Adds to the current block; runs of white space become one space.
  void add(String raw) {
    int length = raw.length();
    int i = 0;
    while (i < length) {
      char c = raw.charAt(i);
      if (isPlain(c)) {
        int start = i;
        while (i < length && isPlain(raw.charAt(i))) {
          i++;
        }
        putSpaceDue();
        line.append(raw, start, i);
      } else if (isSpace(c)) {
        spaceDue = true;
        i++;
      } else {
        i += c > 0x7f ? addBeyondAscii(raw, i) : 1;
      }
    }
  }

  /// Adds to the current block and keeps line breaks and indentation.
  void addCode(String raw) {
    int i = 0;
    while (i < raw.length()) {
      char c = raw.charAt(i);
      if (isPlain(c) || c == ' ' || c == '\n' || c == '\t') {
        line.append(c);
        i++;
      } else if (c == '\r') {
        line.append(raw.startsWith("\n", i + 1) ? "" : "\n");
        i++;
      } else if (isSpace(c)) {
        line.append(' ');
        i++;
      } else {
        i += c > 0x7f ? addBeyondAscii(raw, i) : 1;
      }
    }
  }

  /// Makes sure that what comes next is not joined to the word before it.
  void space() {
    spaceDue = true;
  }

  /// What comes next is marked, until the mark is closed.
  ///
  /// @param value where a link leads, the number of a numbered item, empty otherwise
  void open(Mark.Style style, String value) {
    marks.open(style, value, line.length() + due().length());
  }

  /// Ends the innermost mark of this style.
  void close(Mark.Style style) {
    marks.close(style, line.length());
  }

  /// A cell of a table's row begins. A bar stands before each but the first, and none after the
  /// last one with text.
  void cell() {
    cells++;
  }

  int length() {
    return text.length() + line.length();
  }

  /// Ends the current block; nothing happens when it is empty.
  void end(Kind kind) {
    String block = finished(kind);
    if (!block.isEmpty() && blocks.size() < MAX_BLOCKS) {
      write(block, kind);
    }
  }

  /// Ends the current block as a heading.
  ///
  /// @param level from 1, the outermost
  void endHeading(int level) {
    String heading = finished(Kind.HEADING);
    if (!heading.isEmpty() && blocks.size() < MAX_BLOCKS) {
      path.removeIf(above -> above.level() >= level);
      path.add(new Heading(level, heading));
      headings = path.stream().map(Heading::text).toList();
      write(heading, Kind.HEADING);
    }
  }

  String text() {
    return text.toString();
  }

  List<Block> blocks() {
    return blocks;
  }

  List<Mark> marks() {
    return marks.all();
  }

  private void write(String block, Kind kind) {
    if (!text.isEmpty()) {
      text.append(BETWEEN_BLOCKS);
    }
    int start = text.length();
    text.append(block);
    blocks.add(new Block(kind, headings, start, text.length()));
    marks.blockWritten(start, block);
  }

  private String finished(Kind kind) {
    String block = kind == Kind.CODE ? withoutBlankEdges(line) : line.toString();
    boolean normal = plain || Normalizer.isNormalized(block, Normalizer.Form.NFC);
    marks.endOfBlock(line.length());
    if (!normal || kind == Kind.CODE) {
      marks.forgetBlock();
    }
    line.setLength(0);
    cells = 0;
    bars = 0;
    spaceDue = false;
    plain = true;
    return normal ? block : Normalizer.normalize(block, Normalizer.Form.NFC);
  }

  /// The indentation of the first line stays, the empty lines around the code go.
  private static String withoutBlankEdges(StringBuilder code) {
    String block = code.toString().stripTrailing();
    int firstLine = block.length() - block.stripLeading().length();
    return block.substring(block.lastIndexOf('\n', Math.max(firstLine - 1, 0)) + 1);
  }

  /// @return how many characters were used up
  private int addBeyondAscii(String raw, int at) {
    int point = raw.codePointAt(at);
    if (Character.getType(point) == Character.SURROGATE) {
      point = '\ufffd';
    }
    if (isVisible(point)) {
      putSpaceDue();
      line.appendCodePoint(point);
      plain &= point < 0x300;
    }
    return Character.charCount(point);
  }

  private void putSpaceDue() {
    if (spaceDue || bars < cells - 1) {
      line.append(due());
      bars = Math.max(cells - 1, 0);
      spaceDue = false;
    }
  }

  /// What stands between what was written and what comes next.
  private String due() {
    if (bars < cells - 1) {
      return (line.isEmpty() ? "" : " ") + "| ".repeat(cells - 1 - bars);
    }
    return spaceDue && !line.isEmpty() ? " " : "";
  }

  private static boolean isPlain(char c) {
    return c > ' ' && c < 0x7f;
  }

  private static boolean isSpace(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == '\u00a0'
        || c == '\u0085'
        || (c > 0xff && Character.isSpaceChar(c));
  }

  /// Whether a character stands for something; marks that join letters (U+200C, U+200D) do.
  private static boolean isVisible(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL, Character.UNASSIGNED -> false;
      case Character.FORMAT -> point == 0x200c || point == 0x200d;
      default -> true;
    };
  }
}
