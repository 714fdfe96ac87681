package dev.errand.handlers.read;

/// What a source says of a stretch of its text beyond the kind of block it is in. Marks lie within
/// one another or apart.
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
