package dev.errand.handlers.research;

import dev.errand.handlers.corpus.Labels;
import dev.errand.handlers.corpus.Sentences;
import dev.errand.handlers.corpus.Sentences.Span;
import dev.errand.handlers.corpus.StoredDocument;
import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Finds the sentences of a passage that could be quoted: whole sentences of running text, but no
/// code, headings, questions, fragments or navigation.
final class Candidates {
  private static final int FEWEST_WORDS = 4;
  private static final int MOST_WORDS = 90;
  private static final int MOST_INTRODUCED = 8;
  private static final int LONGEST_CODE = 600;
  private static final int LONGEST_ROW = 300;
  private static final int MOST_CELLS = 4;

  private static final int PROSE = 9;

  private static final Pattern SMALL_WORD =
      Pattern.compile(
          "(?i)\\b(?:the|an?|is|are|was|were|be|been|of|to|in|on|for|with|that|this|it|and|or|by|as|at|from|can|not|if|when"
              + "|will|has|have|der|die|das|und|ist|le|la|les|et|est|el|los|en|es|il|di|e|de|que|un|una)\\b");

  private static final Pattern BLANKS = Pattern.compile("\\s+");

  private static final Pattern FURNITURE =
      Pattern.compile(
          "(?is)^(?:see also|see:|copyright|all rights reserved|(?:this )?page (?:was )?last|last (?:modified|updated|changed)"
              + "|table of contents|back to top|next:|previous:|home page|skip to)\\b.*");

  private final StoredDocument document;
  private final Document content;
  private final Ranked.Passage passage;
  private final List<Candidate> found = new ArrayList<>();

  private Candidates(StoredDocument document, Ranked.Passage passage) {
    this.document = document;
    this.content = document.content();
    this.passage = passage;
  }

  static List<Candidate> in(StoredDocument document, Ranked.Passage passage) {
    return new Candidates(document, passage).find();
  }

  private List<Candidate> find() {
    for (int i = firstBlock(); i < content.blocks().size(); i++) {
      Block block = content.blocks().get(i);
      if (block.start() >= passage.end()) {
        break;
      }
      if (block.kind() != Kind.HEADING
          && block.kind() != Kind.CODE
          && !Labels.isLabel(content, i)) {
        addSentences(i, block);
      }
    }
    return found;
  }

  /// By halving: documents have thousands of blocks.
  private int firstBlock() {
    int low = 0;
    int high = content.blocks().size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (content.blocks().get(middle).end() <= passage.start()) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private void addSentences(int index, Block block) {
    var sentences = Sentences.in(document.text(), block.start(), block.end());
    if (block.kind() == Kind.TABLE_ROW && !isReadable(document.content().textOf(block))) {
      return;
    }
    var label = Labels.labelOf(content, index);
    var intro = Labels.introOf(content, index);
    for (int i = 0; i < sentences.size(); i++) {
      var sentence = sentences.get(i);
      if (sentence.start() < passage.start() || sentence.start() >= passage.end()) {
        continue;
      }
      var introduced = i + 1 == sentences.size() ? introduced(index, sentence) : List.<Span>of();
      if (quotable(sentence.of(document.text()), !introduced.isEmpty())) {
        found.add(
            new Candidate(
                document,
                passage,
                sentence,
                block.headings(),
                label,
                intro,
                i > 0 ? Optional.of(sentences.get(i - 1)) : Optional.empty(),
                i + 1 < sentences.size() ? Optional.of(sentences.get(i + 1)) : Optional.empty(),
                introduced));
      }
    }
  }

  /// The list items or the piece of code after a sentence that ends with a colon.
  private List<Span> introduced(int index, Span sentence) {
    var introduced = new ArrayList<Span>();
    if (!sentence.of(document.text()).endsWith(":") || index + 1 >= content.blocks().size()) {
      return introduced;
    }
    Kind kind = content.blocks().get(index + 1).kind();
    for (int i = index + 1; i < content.blocks().size(); i++) {
      Block block = content.blocks().get(i);
      if (block.kind() != kind || introduced.size() == MOST_INTRODUCED) {
        break;
      }
      if (kind == Kind.LIST_ITEM) {
        introduced.add(Sentences.in(document.text(), block.start(), block.end()).getFirst());
      } else if (kind == Kind.CODE
          && introduced.isEmpty()
          && block.end() - block.start() <= LONGEST_CODE) {
        introduced.add(new Span(block.start(), block.end()));
      }
    }
    return introduced;
  }

  /// Rows of many cells say little without their table's header.
  private static boolean isReadable(String row) {
    return row.length() <= LONGEST_ROW && row.chars().filter(c -> c == '|').count() < MOST_CELLS;
  }

  private static boolean quotable(String sentence, boolean introduces) {
    int words = BLANKS.split(sentence).length;
    long letters = sentence.chars().filter(Character::isLetter).count();
    return words >= FEWEST_WORDS
        && words <= MOST_WORDS
        && letters * 2 >= sentence.length()
        && !sentence.endsWith("?")
        && (introduces || !sentence.endsWith(":"))
        && (words < PROSE || isProse(sentence))
        && !FURNITURE.matcher(sentence).matches();
  }

  /// Lists of names and syntax have no small words.
  private static boolean isProse(String sentence) {
    return SMALL_WORD.matcher(sentence).results().count() * 12 >= BLANKS.split(sentence).length;
  }
}
