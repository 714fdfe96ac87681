package dev.errand.handlers.read;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Turns a page or file of any kind into a [Document]. Decides by content, never by the name alone.
///
/// Thread-safe; may take a second of processor time for the largest inputs. Never throws because of
/// the content: a source without text becomes a document without text, with strategy `none` and
/// confidence 0.
public final class Reader {
  /// In characters. A larger file is read as plain text: it may be made to exhaust the parser.
  private static final int MAX_MARKDOWN = 1_000_000;

  private final HtmlReader html;
  private final MarkdownReader markdown = new MarkdownReader();
  private final PlainReader plain = new PlainReader();
  private final PdfReader pdf = new PdfReader();

  public Reader() {
    this(Trees.learned());
  }

  /// Reads pages by other trees than those that it came with.
  public Reader(Trees trees) {
    html = new HtmlReader(trees);
  }

  /// How much of a page is wanted.
  public enum Extent {
    /// What a person came to read.
    MAIN_TEXT,
    /// Menus, footers and all.
    EVERYTHING
  }

  /// Reads the main text.
  ///
  /// @param contentType the media type the content came with, with or without a charset
  /// @param address where the content comes from; makes the links of what is from the web absolute
  public Document read(byte[] content, @Nullable String contentType, @Nullable URI address) {
    return read(content, contentType, address, Extent.MAIN_TEXT);
  }

  public Document read(
      byte[] content, @Nullable String contentType, @Nullable URI address, Extent extent) {
    if (Format.isPdf(content)) {
      return pdf.read(content);
    }
    String text = Decoder.decode(content, contentType);
    String path = address == null || address.getPath() == null ? "" : address.getPath();
    URI base = address == null || "file".equals(address.getScheme()) ? null : address;
    return switch (Format.of(text, mediaType(contentType), path)) {
      case HTML -> html.read(text, base == null ? "" : base.toString(), extent);
      case MARKDOWN -> text.length() > MAX_MARKDOWN ? plain.prose(text) : markdown.read(text, base);
      case PLAIN -> plain.prose(text);
      case JSON -> plain.source(text, "json");
      case XML -> plain.source(text, "xml");
      case PDF, BINARY -> Document.nothing();
    };
  }

  /// Why `content` has no text, in words for a person; empty when its format is one that can be
  /// read.
  public static Optional<String> obstacle(byte[] content, @Nullable String contentType) {
    if (Format.isPdf(content)) {
      return PdfReader.obstacle(content);
    }
    String text = Decoder.decode(content, contentType);
    return Format.of(text, mediaType(contentType), "") == Format.BINARY
        ? Optional.of(Obstacle.ofBinary(content))
        : Optional.empty();
  }

  private static @Nullable String mediaType(@Nullable String contentType) {
    return contentType == null
        ? null
        : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
