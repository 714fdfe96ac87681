package dev.errand.handlers.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Finds where sentences begin and end in running text.
///
/// Made for technical prose: `e.g.`, `3.11.0`, `Section 2.`, `wal.html` and initials end no
/// sentence.
public final class Sentences {
  private static final Set<String> ABBREVIATIONS =
      Set.of(
          "e.g", "i.e", "etc", "vs", "cf", "viz", "al", "resp", "approx", "incl", "excl", "mr",
          "mrs", "ms", "dr", "prof", "st", "jr", "sr", "fig", "figs", "eq", "sec", "sect", "ch",
          "nos", "vol", "pp", "p", "ver", "ed", "eds", "inc", "ltd", "co", "corp", "dept", "est",
          "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sep", "sept", "oct", "nov", "dec");

  /// What a number may follow: "Section 2. The file" is one sentence.
  private static final Set<String> NUMBERED =
      Set.of("section", "chapter", "step", "figure", "table", "part", "appendix", "item");

  private static final String CLOSING = "\"'”’)]»`*_";

  private Sentences() {}

  /// A stretch of a text, from `start` to before `end`.
  public record Span(int start, int end) {
    public String of(String text) {
      return text.substring(start, end);
    }
  }

  /// The sentences of `text` between `from` and `to`, without the blanks around them.
  public static List<Span> in(String text, int from, int to) {
    var spans = new ArrayList<Span>();
    int start = skipBlanks(text, from, to);
    for (int i = start; i < to; i++) {
      if (!endsSentence(text, start, i, to)) {
        continue;
      }
      int end = i + 1;
      while (end < to && (isMark(text.charAt(end)) || CLOSING.indexOf(text.charAt(end)) >= 0)) {
        end++;
      }
      spans.add(new Span(start, end));
      start = skipBlanks(text, end, to);
      i = start - 1;
    }
    int end = to;
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    if (end > start) {
      spans.add(new Span(start, end));
    }
    return spans;
  }

  private static boolean endsSentence(String text, int start, int at, int to) {
    char mark = text.charAt(at);
    if ("。！？".indexOf(mark) >= 0) {
      return true;
    }
    if (!isMark(mark)) {
      return false;
    }
    int next = at + 1;
    while (next < to && (isMark(text.charAt(next)) || CLOSING.indexOf(text.charAt(next)) >= 0)) {
      next++;
    }
    if (next < to && !Character.isWhitespace(text.charAt(next))) {
      return false;
    }
    next = skipBlanks(text, next, to);
    if (next >= to) {
      return true;
    }
    return beginsSentence(text, next, to) && (mark != '.' || !isAbbreviation(text, start, at));
  }

  /// A lower-case word goes on with the sentence, unless it is an identifier such as
  /// `sqlite3_open()`, with which sentences about code begin.
  private static boolean beginsSentence(String text, int at, int to) {
    if (!Character.isLowerCase(text.charAt(at))) {
      return true;
    }
    for (int i = at; i < to && !Character.isWhitespace(text.charAt(i)); i++) {
      if ("_(0123456789".indexOf(text.charAt(i)) >= 0) {
        return true;
      }
    }
    return false;
  }

  private static boolean isAbbreviation(String text, int start, int dot) {
    int from = dot;
    while (from > start && isWordPart(text.charAt(from - 1))) {
      from--;
    }
    var word = text.substring(from, dot).toLowerCase(Locale.ROOT);
    boolean initial = word.length() == 1 && Character.isUpperCase(text.charAt(from));
    return (initial && !word.equals("i"))
        || ABBREVIATIONS.contains(word)
        || (isNumber(word) && (from == start || NUMBERED.contains(wordBefore(text, start, from))));
  }

  private static String wordBefore(String text, int start, int at) {
    int end = at;
    while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
      end--;
    }
    int from = end;
    while (from > start && Character.isLetter(text.charAt(from - 1))) {
      from--;
    }
    return text.substring(from, end).toLowerCase(Locale.ROOT);
  }

  private static boolean isNumber(String word) {
    return !word.isEmpty() && word.chars().allMatch(c -> c == '.' || (c >= '0' && c <= '9'));
  }

  private static boolean isWordPart(char c) {
    return Character.isLetterOrDigit(c) || c == '.';
  }

  private static boolean isMark(char c) {
    return c == '.' || c == '!' || c == '?' || c == '…';
  }

  private static int skipBlanks(String text, int from, int to) {
    int at = from;
    while (at < to && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
    return at;
  }
}
