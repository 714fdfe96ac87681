package dev.errand.handlers.research;

import dev.errand.handlers.concurrent.Sleeper;
import dev.errand.handlers.model.LanguageModel;
import java.time.InstantSource;
import java.util.Optional;

/// The outside world as research may use it: pages, search and a language model.
///
/// @param search absent when no search provider is configured: then the web is not searched
/// @param model absent when none is configured: then every sentence is a quote
/// @param sleeper makes the pause before a retry
public record Outside(
    Pages pages,
    Optional<WebSearch> search,
    Optional<LanguageModel> model,
    InstantSource clock,
    Sleeper sleeper) {

  /// Pages, and nothing else.
  public static Outside of(Pages pages) {
    return new Outside(
        pages, Optional.empty(), Optional.empty(), InstantSource.system(), Thread::sleep);
  }
}
