package dev.errand.handlers.read;

import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// A parsed page with what the ways to find its main text share.
///
/// @param furniture the outermost elements that stand around the text
/// @param words weights of the text outside the furniture
record Page(Document html, Metadata metadata, Element body, Set<Element> furniture, Weights words) {
  private static final int LITTLE = 1_000;

  /// Pages built by scripts show little without them, and sometimes more in `noscript`.
  boolean withNoscript() {
    int shown = words.below(body).text();
    return shown <= LITTLE
        && body.select("noscript").stream()
                .mapToInt(hidden -> hidden.text().length())
                .max()
                .orElse(0)
            > shown;
  }

  /// Where the page is from: as it was told, or as the page says itself; empty when unknown.
  String address() {
    String told = html.baseUri();
    return told.startsWith("http") ? told : metadata.address().orElse("");
  }

  static Page of(Document html) {
    Element body = html.body();
    Weights weights = Weights.of(body);
    Set<Element> furniture = Furniture.of(body, weights);
    furniture.forEach(weights::drop);
    return new Page(html, Metadata.of(html), body, furniture, weights);
  }
}
