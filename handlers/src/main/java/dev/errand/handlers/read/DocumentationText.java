package dev.errand.handlers.read;

import java.util.List;
import java.util.Optional;

/// The core of the page, whole: in a manual "See also" and "Contents" are text like any other.
final class DocumentationText implements MainText {

  @Override
  public String name() {
    return "documentation";
  }

  @Override
  public Optional<Selection> select(Page page) {
    return Optional.of(new Selection(List.of(Core.of(page)), page.furniture()::contains, 0.9));
  }
}
