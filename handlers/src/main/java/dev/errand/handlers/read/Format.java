package dev.errand.handlers.read;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The format of a source, detected by its content. Names and media types only decide between
/// formats that look alike.
enum Format {
  HTML,
  XML,
  JSON,
  MARKDOWN,
  PLAIN,
  PDF,
  /// Not text at all.
  BINARY;

  private static final int HEAD = 4_096;

  private static final Pattern HTML_START =
      Pattern.compile(
          "(?is)^\\s*(<!--.*?-->\\s*)*<(!doctype html|html|head|body|title|meta"
              + "|link|script|style|h[1-6]|p|div|table|a|b|br|font|ul|ol|section|article|main)\\b.*");

  private static final Pattern XHTML = Pattern.compile("(?is)^\\s*<\\?xml.*<html\\b.*");
  private static final Pattern XML_START =
      Pattern.compile("(?s)^\\s*<(\\?xml|!doctype|[a-zA-Z]).*");
  private static final Pattern JSON_START =
      Pattern.compile("(?s)^\\s*(\\{\\s*(\"|})|\\[\\s*([\\[{\"\\d\\]-]|true|false|null)).*");

  private static final Pattern MARKDOWN_SIGN =
      Pattern.compile(
          "(?m)^(#{1,6} \\S|```|~~~|={4,}$|-{4,}$|[*-] \\S.*\\n[*-] \\S|> \\S|\\|.*\\|\\s*$)"
              + "|\\[[^\\]\\n]{1,100}]\\([^)\\s]{1,200}\\)");

  /// Readers take a PDF whose mark is not at the very start.
  static boolean isPdf(byte[] content) {
    String start =
        new String(content, 0, Math.min(content.length, 1_024), StandardCharsets.ISO_8859_1);
    return start.contains("%PDF-");
  }

  /// Of text that is decoded already.
  ///
  /// @param mediaType in lower case, without parameters; absent when unknown
  /// @param path of the source; empty when unknown
  static Format of(String text, @Nullable String mediaType, String path) {
    String head = text.substring(0, Math.min(text.length(), HEAD));
    if (isBinary(head)) {
      return BINARY;
    }
    if (HTML_START.matcher(head).matches() || XHTML.matcher(head).matches()) {
      return HTML;
    }
    if (XML_START.matcher(head).matches()) {
      return isHtml(mediaType) ? HTML : XML;
    }
    if (isMarkdown(mediaType, path.toLowerCase(Locale.ROOT))) {
      return MARKDOWN;
    }
    if (JSON_START.matcher(head).matches()) {
      return JSON;
    }
    if (isHtml(mediaType)) {
      return HTML;
    }
    return MARKDOWN_SIGN.matcher(head).results().limit(2).count() == 2 ? MARKDOWN : PLAIN;
  }

  private static boolean isMarkdown(@Nullable String mediaType, String path) {
    return path.endsWith(".md")
        || path.endsWith(".markdown")
        || "text/markdown".equals(mediaType)
        || "text/x-markdown".equals(mediaType);
  }

  private static boolean isHtml(@Nullable String mediaType) {
    return "text/html".equals(mediaType) || "application/xhtml+xml".equals(mediaType);
  }

  /// Text has no control characters but for a few strays.
  private static boolean isBinary(String head) {
    long controls =
        head.chars()
            .filter(c -> c < ' ' && c != '\n' && c != '\r' && c != '\t' && c != '\f' && c != 0x1b)
            .count();
    return controls * 20 > head.length();
  }
}
