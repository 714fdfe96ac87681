package dev.errand.handlers.read;

/// A style or structure of a stretch of the text, besides the kind of its block. Marks are nested
/// or apart, never overlapping.
///
/// @param value where a link leads, the number of a numbered item, empty otherwise
/// @param start offset of its first character in the document's text
/// @param end offset after its last character, greater than `start`
public record Mark(Style style, String value, int start, int end) {

  public enum Style {
    EMPHASIS,
    STRONG,
    CODE,
    LINK,

    /// All blocks of one item of a list, with the lists in it.
    ITEM,

    /// The same of an item with a number.
    NUMBERED_ITEM,

    /// All rows of one table.
    TABLE;

    /// Whether it holds whole blocks; the others are within one.
    boolean holdsBlocks() {
      return switch (this) {
        case ITEM, NUMBERED_ITEM, TABLE -> true;
        case EMPHASIS, STRONG, CODE, LINK -> false;
      };
    }
  }
}
