package dev.errand.handlers.read;

import java.util.Optional;
import org.jsoup.nodes.Element;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeFilter.FilterResult;

/// What a page that is built by scripts shows to those who run none.
final class NoscriptText implements MainText {

  private static final int LITTLE = 1_000;

  @Override
  public String name() {
    return "noscript";
  }

  @Override
  public Optional<Selection> select(Page page) {
    int shown = page.words().below(page.body()).text();
    return shown > LITTLE
        ? Optional.empty()
        : Optional.of(outermost(page.body()))
            .filter(hidden -> hidden.text().length() > shown)
            .map(hidden -> new Selection(hidden, page.furniture()::contains, 0.5));
  }

  private static Elements outermost(Element body) {
    Elements found = new Elements();
    body.filter((node, _) -> {
      if (node instanceof Element element && element.nameIs("noscript")) {
        found.add(element);
        return FilterResult.SKIP_ENTIRELY;
      }
      return FilterResult.CONTINUE;
    });
    return found;
  }
}
