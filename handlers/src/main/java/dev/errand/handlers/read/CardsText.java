package dev.errand.handlers.read;

import java.util.List;
import java.util.Optional;
import org.jsoup.nodes.Element;

/// Many small texts side by side, as on overviews and shop pages: all of the main area.
final class CardsText implements MainText {
  private static final double MUCH = 0.4;

  @Override
  public String name() {
    return "cards";
  }

  @Override
  public Optional<Selection> select(Page page) {
    return Optional.of(new Selection(List.of(mainArea(page)), page.furniture()::contains, 0.6));
  }

  private static Element mainArea(Page page) {
    Element main = page.body().selectFirst("main, [role=main]");
    int enough = (int) (page.words().below(page.body()).text() * MUCH);
    return main != null && page.words().below(main).text() > enough ? main : page.body();
  }
}
