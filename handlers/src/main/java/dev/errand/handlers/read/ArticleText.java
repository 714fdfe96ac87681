package dev.errand.handlers.read;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jsoup.nodes.Element;

/// One text in one place: the core of the page without what the site puts around it.
final class ArticleText implements MainText {

  @Override
  public String name() {
    return "article";
  }

  @Override
  public Optional<Selection> select(Page page) {
    Element core = Core.of(page);
    Set<Element> skipped = new HashSet<>(page.furniture());
    skipped.addAll(Afterword.in(core, page.words()));
    return Optional.of(new Selection(List.of(core), skipped::contains, 0.9));
  }
}
