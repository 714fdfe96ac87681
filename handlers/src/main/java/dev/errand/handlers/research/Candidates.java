package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Labels;
import dev.errand.handlers.corpus.Sentences;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Finds the sentences of a passage that could be quoted: whole ones of running text, no code,
/// headings, questions, crumbs or navigation.
final class Candidates {
  private static final int FEWEST_WORDS = 4;
  private static final int MOST_WORDS = 90;

  private static final Pattern FURNITURE =
      Pattern.compile(
          "(?i)^(see also|see:|copyright|all rights reserved|this page (was )?last|last (modified|updated|changed)"
              + "|table of contents|back to top|next:|previous:|home page|skip to)\\b.*");

  private Candidates() {}

  static List<Candidate> in(StoredDocument document, int start, int end, int passage) {
    var content = document.content();
    var found = new ArrayList<Candidate>();
    for (int i = firstBlock(content, start); i < content.blocks().size(); i++) {
      Block block = content.blocks().get(i);
      if (block.start() >= end) {
        break;
      }
      if (block.kind() != Kind.HEADING && block.kind() != Kind.CODE && !Labels.isLabel(content, i)) {
        addSentences(document, i, start, end, passage, found);
      }
    }
    return found;
  }

  private static int firstBlock(Document content, int start) {
    int low = 0;
    int high = content.blocks().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (content.blocks().get(middle).end() <= start) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static void addSentences(
      StoredDocument document, int index, int start, int end, int passage, List<Candidate> found) {
    var content = document.content();
    Block block = content.blocks().get(index);
    var sentences = Sentences.in(document.text(), block.start(), block.end());
    var label = Labels.labelOf(content, index);
    var intro = Labels.introOf(content, index);
    for (int i = 0; i < sentences.size(); i++) {
      var sentence = sentences.get(i);
      if (sentence.start() < start || sentence.start() >= end || !quotable(sentence.of(document.text()))) {
        continue;
      }
      var neighbours = new StringBuilder();
      if (i > 0) {
        neighbours.append(sentences.get(i - 1).of(document.text()));
      }
      if (i + 1 < sentences.size()) {
        neighbours.append(' ').append(sentences.get(i + 1).of(document.text()));
      }
      found.add(
          new Candidate(
              document, sentence.start(), sentence.end(), block.kind(), block.headings(), label,
              intro, neighbours.toString(), passage));
    }
  }

  static boolean quotable(String sentence) {
    int words = sentence.split("\\s+").length;
    long letters = sentence.chars().filter(Character::isLetter).count();
    return words >= FEWEST_WORDS
        && words <= MOST_WORDS
        && letters * 2 >= sentence.length()
        && !sentence.endsWith("?")
        && !sentence.endsWith(":")
        && !FURNITURE.matcher(sentence).matches();
  }
}
