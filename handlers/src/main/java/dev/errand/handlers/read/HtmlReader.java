package dev.errand.handlers.read;

import dev.errand.handlers.read.MainText.Selection;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jsoup.nodes.Element;
import org.jsoup.parser.Parser;

/// Reads HTML and XHTML: tells the type of the page, then tries that type's ways to find the main
/// text, and at last takes whatever there is.
final class HtmlReader {
  /// Deeper elements become siblings; no page that people wrote is so deep.
  private static final int MAX_DEPTH = 256;

  private static final int ENOUGH_TEXT = 200;
  private static final int CERTAIN_TEXT = 500;

  Document read(String html, String address) {
    Page page = Page.of(Parser.htmlParser().setMaxDepth(MAX_DEPTH).parseInput(html, address));
    return ways(PageType.of(page))
        .flatMap(way -> way.select(page).map(found -> write(page, way, found)).stream())
        .filter(document -> isEnough(document, page))
        .findFirst()
        .orElseGet(() -> littleOf(page));
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
    Document body =
        all.select(page).map(found -> write(page, all, found)).orElseGet(() -> description(page));
    return Stream.of(body, description(page))
        .max(Comparator.comparingInt(document -> document.text().length()))
        .orElse(body);
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
    Optional<String> description = page.metadata().description();
    manuscript.add(description.orElse(""));
    manuscript.end(Document.Kind.PARAGRAPH);
    return description.isPresent()
        ? document(page, manuscript, new Links(), "description", 0.1)
        : document(page, manuscript, new Links(), Document.NOTHING_FOUND, 0);
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
        strategy,
        confidence);
  }
}
