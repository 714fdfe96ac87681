package dev.errand.server.openapi;

import org.commonmark.parser.Parser;
import org.commonmark.renderer.html.HtmlRenderer;

/// Descriptions, which are CommonMark, as HTML.
final class Prose {
  private final Parser parser = Parser.builder().build();
  private final HtmlRenderer renderer =
      HtmlRenderer.builder().escapeHtml(true).sanitizeUrls(true).build();

  String html(String markdown) {
    return renderer.render(parser.parse(markdown));
  }

  /// One paragraph without its tags, for places that are paragraphs already.
  String inline(String markdown) {
    String html = html(markdown).strip();
    boolean one = html.startsWith("<p>") && html.indexOf("</p>") == html.length() - "</p>".length();
    return one ? html.substring("<p>".length(), html.length() - "</p>".length()) : html;
  }
}
