package dev.errand.handlers.read;

import java.util.Optional;

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
        : Optional.of(page.body().select("noscript"))
            .filter(hidden -> hidden.text().length() > shown)
            .map(hidden -> new Selection(hidden, page.furniture()::contains, 0.5));
  }
}
