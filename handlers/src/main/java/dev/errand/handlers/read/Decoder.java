package dev.errand.handlers.read;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Decodes bytes into text. The charset is, in this order: that of the byte order mark, of the
/// answer's media type, of the text's own declaration, UTF-8 if the bytes are valid, and
/// windows-1252.
final class Decoder {
  private static final int HEAD = 2_048;
  private static final Charset LAST_RESORT = Charset.forName("windows-1252");

  private static final Pattern IN_MEDIA_TYPE =
      Pattern.compile("(?i)charset\\s*=\\s*[\"']?([\\w.:-]{1,40})");

  private static final Pattern IN_TEXT =
      Pattern.compile(
          "(?i)<meta[^>]{0,200}charset\\s*=\\s*[\"']?\\s*([\\w.:-]{1,40})"
              + "|<\\?xml[^>]{0,100}encoding\\s*=\\s*[\"']([\\w.:-]{1,40})");

  /// Labels that stand for a larger charset on the web (WHATWG Encoding).
  private static final Map<String, String> MEANT =
      Map.of(
          "iso-8859-1", "windows-1252",
          "latin1", "windows-1252",
          "us-ascii", "windows-1252",
          "ascii", "windows-1252",
          "iso-8859-9", "windows-1254",
          "gb2312", "GB18030",
          "gbk", "GB18030",
          "shift_jis", "windows-31j",
          "x-sjis", "windows-31j",
          "euc-kr", "x-windows-949");

  private Decoder() {}

  static String decode(byte[] content, @Nullable String contentType) {
    Optional<Charset> marked = byteOrderMark(content);
    if (marked.isPresent()) {
      String text = new String(content, marked.get());
      return text.startsWith("\ufeff") ? text.substring(1) : text;
    }
    return named(contentType, IN_MEDIA_TYPE)
        .or(() -> unmarkedUtf16(content))
        .or(() -> named(head(content), IN_TEXT).map(Decoder::readableSoFar))
        .map(charset -> new String(content, charset))
        .or(() -> strictUtf8(content))
        .orElseGet(() -> new String(content, LAST_RESORT));
  }

  private static Optional<Charset> byteOrderMark(byte[] content) {
    if (startsWith(content, 0xef, 0xbb, 0xbf)) {
      return Optional.of(StandardCharsets.UTF_8);
    }
    if (startsWith(content, 0xfe, 0xff)) {
      return Optional.of(StandardCharsets.UTF_16BE);
    }
    return startsWith(content, 0xff, 0xfe)
        ? Optional.of(StandardCharsets.UTF_16LE)
        : Optional.empty();
  }

  private static boolean startsWith(byte[] content, int... start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= content.length || (content[i] & 0xff) != start[i]) {
        return false;
      }
    }
    return true;
  }

  /// Markup and most Latin text in UTF-16 have a zero in every other byte.
  private static Optional<Charset> unmarkedUtf16(byte[] content) {
    if (startsWith(content, '<', 0) && content.length > 3 && content[3] == 0) {
      return Optional.of(StandardCharsets.UTF_16LE);
    }
    return startsWith(content, 0, '<', 0)
        ? Optional.of(StandardCharsets.UTF_16BE)
        : Optional.empty();
  }

  private static Optional<Charset> named(@Nullable String text, Pattern where) {
    Matcher matcher = where.matcher(text == null ? "" : text);
    if (!matcher.find()) {
      return Optional.empty();
    }
    String name = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
    try {
      String lower = name.toLowerCase(Locale.ROOT);
      return Optional.of(Charset.forName(MEANT.getOrDefault(lower, lower)));
    } catch (IllegalCharsetNameException | UnsupportedCharsetException _) {
      return Optional.empty();
    }
  }

  /// A declaration that could be read as ASCII is not in UTF-16, whatever it says.
  private static Charset readableSoFar(Charset said) {
    return said.name().startsWith("UTF-16") || said.name().startsWith("UTF-32")
        ? StandardCharsets.UTF_8
        : said;
  }

  private static String head(byte[] content) {
    return new String(content, 0, Math.min(content.length, HEAD), StandardCharsets.ISO_8859_1);
  }

  private static Optional<String> strictUtf8(byte[] content) {
    try {
      return Optional.of(
          StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(content)).toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
