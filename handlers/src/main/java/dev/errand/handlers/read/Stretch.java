package dev.errand.handlers.read;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.TextNode;

/// The text that a block element holds directly, outside the blocks in it: the unit that is kept or
/// left out.
final class Stretch {
  private static final int FEW_WORDS = 14;

  private final Element owner;
  private final List<TextNode> nodes = new ArrayList<>();
  private final StringBuilder text = new StringBuilder();
  private int linked;
  private double linkDensity;
  private List<String> words = List.of();
  private long phrases;
  private int[] counts = {};
  private String key = "";

  Stretch(Element owner) {
    this.owner = owner;
  }

  void add(TextNode node, boolean isLinked) {
    nodes.add(node);
    String more = node.getWholeText();
    if (isLinked) {
      linked += letters(more);
    }
    text.append(more).append(' ');
  }

  /// Called when all text was added.
  void close() {
    words = wordsOf(text);
    int letters = letters(text);
    linkDensity = letters == 0 ? 0 : (double) linked / letters;
    counts = PhraseGroup.counts(words);
    key = String.join(" ", words);
    if (words.size() <= FEW_WORDS) {
      for (int i = 0; i < counts.length; i++) {
        phrases |= counts[i] > 0 ? 1L << i : 0;
      }
    }
  }

  Element owner() {
    return owner;
  }

  List<TextNode> nodes() {
    return nodes;
  }

  String text() {
    return text.toString();
  }

  /// In lower case.
  List<String> words() {
    return words;
  }

  int size() {
    return words.size();
  }

  /// Groups of the words of a short stretch; none for longer ones.
  long phrases() {
    return phrases;
  }

  /// How many of its words are in a group.
  int count(PhraseGroup group) {
    return group.of(counts);
  }

  /// The same for stretches of the same words.
  String key() {
    return key;
  }

  double linkDensity() {
    return linkDensity;
  }

  private static int letters(CharSequence text) {
    int letters = 0;
    for (int i = 0; i < text.length(); i++) {
      letters += Character.isLetterOrDigit(text.charAt(i)) ? 1 : 0;
    }
    return letters;
  }

  static int countWords(String text) {
    int count = 0;
    boolean inWord = false;
    for (int i = 0; i < text.length(); i++) {
      boolean wasIn = inWord;
      inWord = isOfWord(text.charAt(i));
      count += inWord && !wasIn ? 1 : 0;
    }
    return count;
  }

  static List<String> wordsOf(CharSequence text) {
    List<String> words = new ArrayList<>();
    int start = -1;
    for (int i = 0; i <= text.length(); i++) {
      boolean inWord = i < text.length() && isOfWord(text.charAt(i));
      if (inWord && start < 0) {
        start = i;
      } else if (!inWord && start >= 0) {
        words.add(text.subSequence(start, i).toString().toLowerCase(Locale.ROOT));
        start = -1;
      }
    }
    return words;
  }

  private static boolean isOfWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_' || c == '©' || Character.isSurrogate(c);
  }
}
