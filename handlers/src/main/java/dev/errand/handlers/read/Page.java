package dev.errand.handlers.read;

import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;

/// A parsed page with what the ways to find its main text share.
///
/// @param furniture the outermost elements that stand around the text
/// @param words weights of the text outside the furniture
record Page(Document html, Metadata metadata, Element body, Set<Element> furniture, Weights words) {

  static Page of(Document html) {
    Element body = html.body();
    Weights weights = Weights.of(body);
    Set<Element> furniture = Furniture.of(body, weights);
    furniture.forEach(weights::drop);
    return new Page(html, Metadata.of(html), body, furniture, weights);
  }
}
