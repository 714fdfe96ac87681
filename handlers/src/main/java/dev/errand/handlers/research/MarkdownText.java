package dev.errand.handlers.research;

/// Escapes text of unknown origin so that Markdown shows it and nothing more.
final class MarkdownText {
  private static final String SPECIAL = "\\`*[]<>&|~#";

  private MarkdownText() {}

  /// On one line, with everything escaped that could become markup, a link, a table cell or HTML.
  static String of(String text) {
    var line = Excerpts.line(text);
    var escaped = new StringBuilder(line.length() + 16);
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (isHidden(c)) {
        continue;
      }
      if (c == '<') {
        escaped.append("&lt;");
      } else if (c == '>') {
        escaped.append("&gt;");
      } else if (c == '&') {
        escaped.append("&amp;");
      } else {
        escaped.append(SPECIAL.indexOf(c) >= 0 || (c == '_' && !insideWord(line, i)) ? "\\" : "");
        escaped.append(c);
      }
    }
    return escaped.toString();
  }

  /// Code as a block that its own backticks cannot end.
  static String block(String code, String indent) {
    int longest = 2;
    int run = 0;
    for (int i = 0; i < code.length(); i++) {
      run = code.charAt(i) == '`' ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    var fence = indent + "`".repeat(longest + 1);
    var body = code.strip().lines().map(line -> indent + visible(line) + "\n").toList();
    return fence + "\n" + String.join("", body) + fence + "\n";
  }

  private static String visible(String line) {
    return line.codePoints()
        .filter(c -> !isHidden(c))
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  /// Control characters, and those that make what follows read backwards.
  private static boolean isHidden(int c) {
    return (Character.isISOControl(c) && c != '\t')
        || (c >= 0x202A && c <= 0x202E)
        || (c >= 0x2066 && c <= 0x2069);
  }

  /// There Markdown takes an underscore for what it is.
  private static boolean insideWord(String line, int at) {
    return at > 0
        && at + 1 < line.length()
        && Character.isLetterOrDigit(line.charAt(at - 1))
        && Character.isLetterOrDigit(line.charAt(at + 1));
  }
}
