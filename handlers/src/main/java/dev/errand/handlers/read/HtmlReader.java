package dev.errand.handlers.read;

import java.util.function.Predicate;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;

/// Reads HTML and XHTML: detects the type of the page and chooses the stretches of text that belong
/// to a page of that type. Takes everything when that is too little. Thread-safe.
final class HtmlReader {
  /// Deeper elements become siblings; no page that people wrote is so deep.
  private static final int MAX_DEPTH = 256;

  /// Ten times what the longest manuals on one page have. The rest of the page is not read.
  private static final int MAX_TAGS = 400_000;

  private static final int ENOUGH_TEXT = 200;
  private static final int CERTAIN_TEXT = 500;

  private final Trees trees;

  HtmlReader(Trees trees) {
    this.trees = trees;
  }

  Document read(String html, String address, Reader.Extent extent) {
    Page page = page(html, address);
    LearnedText learned = new LearnedText(page, trees);
    Document document =
        switch (extent) {
          case MAIN_TEXT -> mainText(page, learned);
          case EVERYTHING -> everything(page, learned);
        };
    return isEnough(document, page) ? document : littleOf(page, learned);
  }

  static Page page(String html, String address) {
    Parser parser = Parser.htmlParser().setMaxDepth(MAX_DEPTH);
    return Page.of(parser.parseInput(html.substring(0, endOfTags(html)), address));
  }

  private static Document mainText(Page page, LearnedText learned) {
    LearnedText.Chosen chosen = learned.choose();
    Selection found =
        new Selection(page.withNoscript(), chosen.dropped()::contains, chosen.confidence());
    return write(page, learned, strategy(page, learned), found);
  }

  private static String strategy(Page page, LearnedText learned) {
    if (page.withNoscript()) {
      return "noscript";
    }
    return learned.isShort() ? "short-page" : learned.type().word();
  }

  /// Everything that can be read.
  private static Document everything(Page page, LearnedText learned) {
    return write(page, learned, "whole-body", new Selection(page.withNoscript(), _ -> false, 0.4));
  }

  private static int endOfTags(String html) {
    int tag = html.indexOf('<');
    for (int tags = 0; tag >= 0; tags++) {
      if (tags == MAX_TAGS) {
        return tag;
      }
      tag = html.indexOf('<', tag + 1);
    }
    return html.length();
  }

  private static boolean isEnough(Document document, Page page) {
    int length = document.text().length();
    return length >= ENOUGH_TEXT
        || (length > 0 && length >= page.words().below(page.body()).text() / 2);
  }

  /// The whole body, or the page's own description when that is longer.
  private static Document littleOf(Page page, LearnedText learned) {
    Document body = everything(page, learned);
    Document description = description(page, learned);
    return description.text().length() > body.text().length() ? description : body;
  }

  /// @param noscript whether what is shown without scripts counts
  /// @param omitted text that is left out
  /// @param confidence 0 to 1, for a page with enough text
  private record Selection(boolean noscript, Predicate<TextNode> omitted, double confidence) {}

  private static Document write(Page page, LearnedText learned, String strategy, Selection found) {
    Manuscript manuscript = new Manuscript();
    Links links = new Links();
    new HtmlBlocks(manuscript, links, found.omitted(), found.noscript()).write(page.body());
    double confidence =
        found.confidence() * Math.min(1, (double) manuscript.length() / CERTAIN_TEXT);
    return document(page, learned, manuscript, links, strategy, confidence);
  }

  private static Document description(Page page, LearnedText learned) {
    Manuscript manuscript = new Manuscript();
    manuscript.add(page.metadata().description().orElse(""));
    manuscript.end(Document.Kind.PARAGRAPH);
    return document(page, learned, manuscript, new Links(), "description", 0.1);
  }

  private static Document document(
      Page page,
      LearnedText learned,
      Manuscript manuscript,
      Links links,
      String strategy,
      double confidence) {
    Metadata metadata = page.metadata();
    return new Document(
        manuscript.text(),
        metadata.title().orElse(null),
        metadata.author().orElse(null),
        metadata.published().orElse(null),
        metadata.language().orElse(null),
        manuscript.blocks(),
        manuscript.marks(),
        links.all(),
        learned.type().word(),
        manuscript.length() == 0 ? Document.NOTHING_FOUND : strategy,
        manuscript.length() == 0 ? 0 : confidence);
  }
}
