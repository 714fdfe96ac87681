package dev.errand.handlers.read;

import dev.errand.handlers.read.MainText.Selection;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// Reads HTML and XHTML: tells the type of the page, then tries that type's ways to find the main
/// text, and at last takes whatever there is.
final class HtmlReader {
  /// Deeper elements become siblings; no page that people wrote is so deep.
  private static final int MAX_DEPTH = 256;

  /// Ten times what the longest manuals on one page have. The rest of the page is not read.
  private static final int MAX_TAGS = 400_000;

  private static final int ENOUGH_TEXT = 200;
  private static final int CERTAIN_TEXT = 500;

  Document read(String html, String address, Reader.Extent extent) {
    Parser parser = Parser.htmlParser().setMaxDepth(MAX_DEPTH);
    Page page = Page.of(parser.parseInput(html.substring(0, endOfTags(html)), address));
    Stream<MainText> ways =
        switch (extent) {
          case MAIN_TEXT -> ways(PageType.of(page));
          case EVERYTHING -> Stream.of(new WholeBody());
        };
    return ways.flatMap(way -> way.select(page).map(found -> write(page, way, found)).stream())
        .filter(document -> isEnough(document, page))
        .findFirst()
        .orElseGet(() -> littleOf(page));
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

  private static Stream<MainText> ways(PageType type) {
    Stream<MainText> fitting =
        switch (type) {
          case ARTICLE -> Stream.of(new ArticleText());
          case DOCUMENTATION -> Stream.of(new DocumentationText());
          case FORUM -> Stream.of(new ForumText(), new ArticleText());
          case CARDS -> Stream.of(new CardsText());
        };
    return Stream.of(Stream.of(new NoscriptText()), fitting, Stream.of(new WholeBody()))
        .flatMap(Function.identity());
  }

  private static boolean isEnough(Document document, Page page) {
    int length = document.text().length();
    return length >= ENOUGH_TEXT
        || (length > 0 && length >= page.words().below(page.body()).text() / 2);
  }

  private static Document littleOf(Page page) {
    WholeBody all = new WholeBody();
    Document body = write(page, all, all.select(page).orElseThrow());
    Document description = description(page);
    return description.text().length() > body.text().length() ? description : body;
  }

  private static Document write(Page page, MainText way, Selection found) {
    Manuscript manuscript = new Manuscript();
    Links links = new Links();
    HtmlBlocks blocks = new HtmlBlocks(manuscript, links, found.skipped());
    for (Element root : found.roots()) {
      blocks.write(root);
    }
    double confidence =
        found.confidence() * Math.min(1, (double) manuscript.length() / CERTAIN_TEXT);
    return document(page, manuscript, links, way.name(), confidence);
  }

  /// What the page says of itself to search engines, when it shows nothing.
  private static Document description(Page page) {
    Manuscript manuscript = new Manuscript();
    manuscript.add(page.metadata().description().orElse(""));
    manuscript.end(Document.Kind.PARAGRAPH);
    return document(page, manuscript, new Links(), "description", 0.1);
  }

  private static Document document(
      Page page, Manuscript manuscript, Links links, String strategy, double confidence) {
    Metadata metadata = page.metadata();
    return new Document(
        manuscript.text(),
        metadata.title().orElse(null),
        metadata.author().orElse(null),
        metadata.published().orElse(null),
        metadata.language().orElse(null),
        manuscript.blocks(),
        links.all(),
        manuscript.length() == 0 ? Document.NOTHING_FOUND : strategy,
        manuscript.length() == 0 ? 0 : confidence);
  }
}
