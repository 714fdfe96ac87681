package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import java.util.List;

/// How research finds pages that nobody named. Thread-safe.
public interface Searching {
  /// There are no search engines.
  Searching NONE =
      new Searching() {
        @Override
        public void check(String source, String pointer, InvalidParams.Check check) {
          check.that(false, pointer, "'%s' is not available: no source is".formatted(source));
        }

        @Override
        public List<String> pages(List<String> questions, List<String> sources, Attempt attempt)
            throws TaskFailure {
          throw TaskFailure.permanent(
              "search_source_not_configured", "There is no source that can be searched here.");
        }
      };

  /// Notes against `pointer` when `source` cannot be asked.
  void check(String source, String pointer, InvalidParams.Check check);

  /// Addresses of pages that may answer one of the questions, the most promising first, each once.
  /// What was asked before is not asked again when the attempt is cut short.
  ///
  /// @param sources to ask, one or more
  /// @throws TaskFailure when no source answers any question
  List<String> pages(List<String> questions, List<String> sources, Attempt attempt)
      throws TaskFailure, InterruptedException;
}
