package dev.errand.handlers.corpus;

import dev.errand.handlers.read.Document;
import dev.errand.handlers.read.Document.Block;
import dev.errand.handlers.read.Document.Kind;
import java.util.ArrayList;
import java.util.List;

/// Cuts a document into passages: neighbouring blocks under the same heading, cut between blocks
/// or, in long blocks, between sentences.
final class Passages {
  private static final int ENOUGH = 90;
  private static final int MOST = 150;
  private static final int TOO_FEW = 25;

  private final Document document;
  private final List<Passage> passages = new ArrayList<>();
  private int firstBlock;
  private int start;
  private int end;
  private int words;

  private Passages(Document document) {
    this.document = document;
  }

  static List<Passage> of(Document document) {
    return new Passages(document).cut();
  }

  private List<Passage> cut() {
    List<String> headings = List.of();
    for (int i = 0; i < document.blocks().size(); i++) {
      Block block = document.blocks().get(i);
      if (block.kind() == Kind.HEADING || !block.headings().equals(headings)) {
        close();
        headings = block.headings();
      }
      if (block.kind() != Kind.HEADING) {
        if (words > TOO_FEW && Labels.isLabel(document, i)) {
          close();
        }
        add(i, block);
      }
    }
    close();
    return passages;
  }

  private void add(int index, Block block) {
    if (size(block.start(), block.end()) <= MOST) {
      addStretch(index, block.start(), block.end());
      return;
    }
    for (var sentence : Sentences.in(document.text(), block.start(), block.end())) {
      for (int from = sentence.start(); from < sentence.end(); ) {
        int to = cutAfter(from, sentence.end());
        addStretch(index, from, to);
        from = to;
      }
    }
  }

  private void addStretch(int block, int from, int to) {
    int more = size(from, to);
    if (more == 0) {
      return;
    }
    if (words >= ENOUGH || (words > TOO_FEW && words + more > MOST)) {
      close();
    }
    if (words == 0) {
      firstBlock = block;
      start = from;
    }
    end = to;
    words += more;
  }

  private void close() {
    if (words > 0) {
      passages.add(new Passage(firstBlock, start, end));
    }
    words = 0;
  }

  /// Its words, or a tenth of its characters where it has few blanks: other scripts, data.
  private int size(int from, int to) {
    int count = 0;
    boolean inWord = false;
    for (int i = from; i < to; i++) {
      boolean blank = Character.isWhitespace(document.text().charAt(i));
      count += !blank && !inWord ? 1 : 0;
      inWord = !blank;
    }
    return count == 0 ? 0 : Math.max(count, (to - from) / 10);
  }

  /// The end of the next passage's worth of a "sentence" of any length, such as a table or data.
  private int cutAfter(int from, int to) {
    int count = 0;
    for (int i = from; i < to; i++) {
      boolean blank = Character.isWhitespace(document.text().charAt(i));
      if ((blank && ++count >= MOST) || i - from >= MOST * 10) {
        return i + (Character.isHighSurrogate(document.text().charAt(i)) ? 0 : 1);
      }
    }
    return to;
  }
}
