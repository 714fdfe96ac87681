package dev.errand.embeddings;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;

/// Cuts text into the word pieces BERT models read: lower case, without accents, longest known
/// piece first.
///
/// Our own because the tokenizer the model's library brings unpacks a native library into the
/// user's home and doubles the time to load; a test holds this one to the same pieces.
final class WordPieces {
  private static final int LONGEST_WORD = 100;

  /// The ranges that BERT takes for CJK ideographs.
  private static final int[][] IDEOGRAPHS = {
    {0x4E00, 0x9FFF}, {0x3400, 0x4DBF}, {0x20000, 0x2A6DF}, {0x2A700, 0x2B73F},
    {0x2B740, 0x2B81F}, {0x2B820, 0x2CEAF}, {0xF900, 0xFAFF}, {0x2F800, 0x2FA1F}
  };

  private final Map<String, Integer> vocabulary;
  private final int unknown;
  private final int begin;
  private final int end;

  WordPieces(Map<String, Integer> vocabulary) {
    this.vocabulary = vocabulary;
    this.unknown = Objects.requireNonNull(vocabulary.get("[UNK]"));
    this.begin = Objects.requireNonNull(vocabulary.get("[CLS]"));
    this.end = Objects.requireNonNull(vocabulary.get("[SEP]"));
  }

  /// The numbers of the pieces, between the marks for begin and end.
  ///
  /// @param most numbers at most; what does not fit is left out
  long[] of(String text, int most) {
    var pieces = new ArrayList<Integer>();
    pieces.add(begin);
    for (String word : words(text)) {
      if (pieces.size() >= most) {
        break;
      }
      addPieces(word, pieces);
    }
    int kept = Math.min(pieces.size(), most - 1);
    var numbers = new long[kept + 1];
    for (int i = 0; i < kept; i++) {
      numbers[i] = pieces.get(i);
    }
    numbers[kept] = end;
    return numbers;
  }

  private static List<String> words(String text) {
    var plain = Normalizer.normalize(text, Normalizer.Form.NFD).toLowerCase(Locale.ROOT);
    var words = new ArrayList<String>();
    var word = new StringBuilder();
    plain
        .codePoints()
        .filter(c -> Character.getType(c) != Character.NON_SPACING_MARK && !isControl(c))
        .forEach(c -> {
          boolean alone = isPunctuation(c) || isIdeograph(c);
          if (alone || isBlank(c)) {
            addTo(words, word);
          }
          if (alone) {
            words.add(Character.toString(c));
          } else if (!isBlank(c)) {
            word.appendCodePoint(c);
          }
        });
    addTo(words, word);
    return words;
  }

  private static void addTo(List<String> words, StringBuilder word) {
    if (!word.isEmpty()) {
      words.add(word.toString());
      word.setLength(0);
    }
  }

  private void addPieces(String word, List<Integer> pieces) {
    if (word.codePointCount(0, word.length()) > LONGEST_WORD) {
      pieces.add(unknown);
      return;
    }
    int before = pieces.size();
    for (int from = 0; from < word.length(); ) {
      int to = word.length();
      Integer piece = null;
      while (to > from && piece == null) {
        piece = vocabulary.get((from > 0 ? "##" : "") + word.substring(from, to));
        to -= piece == null ? 1 : 0;
      }
      if (piece == null) {
        pieces.subList(before, pieces.size()).clear();
        pieces.add(unknown);
        return;
      }
      pieces.add(piece);
      from = to;
    }
  }

  private static boolean isBlank(int c) {
    return c == '\t' || c == '\n' || c == '\r' || Character.isSpaceChar(c);
  }

  private static boolean isControl(int c) {
    return c == 0
        || c == 0xFFFD
        || (Character.isISOControl(c) && !isBlank(c))
        || Character.getType(c) == Character.FORMAT;
  }

  private static boolean isPunctuation(int c) {
    boolean ascii =
        (c >= 33 && c <= 47)
            || (c >= 58 && c <= 64)
            || (c >= 91 && c <= 96)
            || (c >= 123 && c < 127);
    return ascii
        || switch (Character.getType(c)) {
          case Character.CONNECTOR_PUNCTUATION,
              Character.DASH_PUNCTUATION,
              Character.START_PUNCTUATION,
              Character.END_PUNCTUATION,
              Character.INITIAL_QUOTE_PUNCTUATION,
              Character.FINAL_QUOTE_PUNCTUATION,
              Character.OTHER_PUNCTUATION ->
              true;
          default -> false;
        };
  }

  private static boolean isIdeograph(int c) {
    return Arrays.stream(IDEOGRAPHS).anyMatch(range -> c >= range[0] && c <= range[1]);
  }
}
