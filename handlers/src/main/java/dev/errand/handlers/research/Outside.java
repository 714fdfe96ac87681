package dev.errand.handlers.research;

import dev.errand.handlers.model.LanguageModel;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/// What research may ask beyond the folders of its machine.
///
/// @param search absent where no search provider is configured: then nothing is looked for
/// @param model absent where none is configured: then every sentence is a quote
/// @param waiting before something that failed is asked again
public record Outside(
    Pages pages,
    Optional<WebSearch> search,
    Optional<LanguageModel> model,
    InstantSource clock,
    Waiting waiting) {

  /// Lets time pass.
  @FunctionalInterface
  public interface Waiting {
    void pass(Duration time) throws InterruptedException;
  }

  /// Pages, and nothing else.
  public static Outside of(Pages pages) {
    return new Outside(
        pages, Optional.empty(), Optional.empty(), InstantSource.system(), Thread::sleep);
  }
}
