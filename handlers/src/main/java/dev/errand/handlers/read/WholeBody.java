package dev.errand.handlers.read;

import java.util.List;
import java.util.Optional;

/// Everything that can be read: better too much than nothing.
final class WholeBody implements MainText {

  @Override
  public String name() {
    return "whole-body";
  }

  @Override
  public Optional<Selection> select(Page page) {
    return Optional.of(new Selection(List.of(page.body()), _ -> false, 0.4));
  }
}
