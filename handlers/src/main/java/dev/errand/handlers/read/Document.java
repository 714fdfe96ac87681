package dev.errand.handlers.read;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// A page or file as readable text.
///
/// @param text the blocks, joined by blank lines; every offset anywhere points into it. Unicode
///   NFC, spaces folded, no control characters
/// @param title absent when the source has none
/// @param published as the source says it, ISO 8601 where it can be told; absent when there is no
///   such day
/// @param language a BCP 47 tag, absent when unknown
/// @param blocks in reading order, without overlap
/// @param marks in the order of the text, outer ones first
/// @param type what kind of page it is: `article`, `collection`, `documentation`, `forum`,
///   `listing`, `product` or `service`; `file` for what is no web page
/// @param strategy how the text was found, such as `article`, `whole-body`, `markdown`, `pdf`
/// @param confidence 0 to 1: how sure the reader is that this is the text a person would read
public record Document(
    String text,
    @Nullable String title,
    @Nullable String author,
    @Nullable String published,
    @Nullable String language,
    List<Block> blocks,
    List<Mark> marks,
    List<Link> links,
    String type,
    String strategy,
    double confidence) {

  /// The strategy of a document whose text could not be found: the text is empty then.
  public static final String NOTHING_FOUND = "none";

  /// The type of what is no web page.
  public static final String FILE = "file";

  public Document {
    blocks = List.copyOf(blocks);
    marks = List.copyOf(marks);
    links = List.copyOf(links);
  }

  /// A source that holds no readable text.
  static Document nothing() {
    return new Document(
        "", null, null, null, null, List.of(), List.of(), List.of(), FILE, NOTHING_FOUND, 0);
  }

  /// A stretch of the text.
  ///
  /// @param headings the headings above it, outermost first; a heading's own path ends with itself
  /// @param start offset of its first character in the text
  /// @param end offset after its last character
  public record Block(Kind kind, List<String> headings, int start, int end) {
    public Block {
      headings = List.copyOf(headings);
    }
  }

  public enum Kind {
    HEADING,
    PARAGRAPH,
    LIST_ITEM,
    TABLE_ROW,
    CODE,
    QUOTE
  }

  /// @param target absolute where the document is from the web and its address is known
  public record Link(String target, String text) {}

  public String textOf(Block block) {
    return text.substring(block.start(), block.end());
  }
}
