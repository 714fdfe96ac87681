package dev.errand.engine.lease;

import java.nio.charset.StandardCharsets;
import java.time.Instant;

/// One line of a task's log.
///
/// @param text without a line break or any other control character but tabs: they become spaces; at
///   most 16 KiB of UTF-8, longer text is cut and ends with an ellipsis
public record LogLine(Instant at, Level level, String text) {
  private static final int MAX_BYTES = 16 * 1024;
  private static final String ELLIPSIS = "…";

  public enum Level {
    DEBUG,
    INFO,
    WARN,
    ERROR
  }

  public LogLine {
    text = cut(inOneLine(text));
  }

  private static String inOneLine(String text) {
    return text.chars().anyMatch(LogLine::disrupts)
        ? text.codePoints()
            .map(point -> disrupts(point) ? ' ' : point)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString()
        : text;
  }

  private static boolean disrupts(int point) {
    return switch (Character.getType(point)) {
      case Character.CONTROL -> point != '\t';
      case Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR -> true;
      default -> false;
    };
  }

  private static String cut(String text) {
    // No character is less than a byte.
    String start = text.substring(0, Math.min(text.length(), MAX_BYTES + 1));
    byte[] bytes = start.getBytes(StandardCharsets.UTF_8);
    if (bytes.length <= MAX_BYTES) {
      return text;
    }
    int end = MAX_BYTES - ELLIPSIS.getBytes(StandardCharsets.UTF_8).length;
    while (continuesCodePoint(bytes[end])) {
      end--;
    }
    return new String(bytes, 0, end, StandardCharsets.UTF_8) + ELLIPSIS;
  }

  private static boolean continuesCodePoint(byte one) {
    return (one & 0b1100_0000) == 0b1000_0000;
  }
}
