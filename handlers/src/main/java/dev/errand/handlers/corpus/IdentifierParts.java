package dev.errand.handlers.corpus;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;

/// Lets an identifier be found by its words: `max_page_count` and `maxPageCount` also count as
/// `max`, `page` and `count`, at the same position.
final class IdentifierParts extends TokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final PositionIncrementAttribute position =
      addAttribute(PositionIncrementAttribute.class);
  private final Deque<String> parts = new ArrayDeque<>();

  IdentifierParts(TokenStream input) {
    super(input);
  }

  @Override
  public boolean incrementToken() throws IOException {
    if (!parts.isEmpty()) {
      term.setEmpty().append(parts.removeFirst());
      position.setPositionIncrement(0);
      return true;
    }
    if (!input.incrementToken()) {
      return false;
    }
    split(term.buffer(), term.length());
    return true;
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    parts.clear();
  }

  private void split(char[] word, int length) {
    int start = 0;
    for (int i = 1; i <= length; i++) {
      if (i == length || isBoundary(word[i - 1], word[i])) {
        if (i - start >= 2 && i - start < length) {
          parts.add(new String(word, start, i - start));
        }
        start = i < length && (word[i] == '_' || word[i] == '.') ? i + 1 : i;
      }
    }
  }

  private static boolean isBoundary(char before, char at) {
    return at == '_'
        || (at == '.' && Character.isLetter(before))
        || (Character.isLowerCase(before) && Character.isUpperCase(at));
  }
}
