package dev.errand.handlers.read;

import java.util.Set;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeFilter.FilterResult;

/// A parsed page, with what finding its main text needs.
///
/// @param boilerplate the outermost elements that stand around the text
/// @param words weights of the text outside the boilerplate
/// @param withNoscript whether it is built by scripts: it shows little without them, and more in
///   `noscript`
record Page(
    Document html,
    Metadata metadata,
    Element body,
    Set<Element> boilerplate,
    Weights words,
    boolean withNoscript) {
  private static final int LITTLE = 1_000;

  /// Where the page is from: as it was told, or as the page says itself; empty when unknown.
  String address() {
    String told = html.baseUri();
    return told.startsWith("http") ? told : metadata.address().orElse("");
  }

  static Page of(Document html) {
    Element body = html.body();
    Weights weights = Weights.of(body);
    Set<Element> boilerplate = Boilerplate.of(body, weights);
    boilerplate.forEach(weights::drop);
    boolean withNoscript = withNoscript(body, weights.below(body).text());
    return new Page(html, Metadata.of(html), body, boilerplate, weights, withNoscript);
  }

  private static boolean withNoscript(Element body, int shown) {
    return shown <= LITTLE
        && outermost(body, "noscript").stream().anyMatch(hidden -> hidden.text().length() > shown);
  }

  private static Elements outermost(Element body, String tag) {
    Elements found = new Elements();
    body.filter((node, _) -> {
      if (node instanceof Element element && element.nameIs(tag)) {
        found.add(element);
        return FilterResult.SKIP_ENTIRELY;
      }
      return FilterResult.CONTINUE;
    });
    return found;
  }
}
