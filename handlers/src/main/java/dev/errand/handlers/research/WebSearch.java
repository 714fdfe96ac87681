package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Searches the web for research. Thread-safe.
public interface WebSearch {
  int LONGEST_QUERY = 400;
  int MOST_WORDS = 50;

  /// Whether `query` is not blank and no longer than providers accept.
  static boolean takes(String query) {
    return !query.isBlank()
        && query.length() <= LONGEST_QUERY
        && query.strip().split("\\s+", -1).length <= MOST_WORDS;
  }

  /// As much of the beginning of `text` as providers accept, on one line and in whole words.
  static String fitted(String text) {
    List<String> words = List.of(text.strip().split("\\s+", -1));
    String query = String.join(" ", words.subList(0, Math.min(words.size(), MOST_WORDS)));
    if (query.length() <= LONGEST_QUERY) {
      return query;
    }
    int cut = query.lastIndexOf(' ', LONGEST_QUERY);
    return query.substring(0, cut > 0 ? cut : LONGEST_QUERY);
  }

  /// Whether there is an engine for searches that name none.
  boolean available();

  /// Notes against `pointer` when `engine` cannot be asked.
  void check(String engine, String pointer, InvalidParams.Check check);

  /// Searches once, within the budget of `attempt`.
  ///
  /// @param query that [#takes] takes
  /// @param engines to ask, by name; empty for the usual one
  /// @param label unique within the task, for steps of the search's own
  /// @throws TaskFailure when no engine answered; the report says so and goes on
  Answer search(String query, List<String> engines, Attempt attempt, String label)
      throws TaskFailure, InterruptedException;

  /// @param hits the best first; empty when nothing was found
  /// @param warnings for people, such as that one of several providers did not answer
  /// @param cost of what was asked
  record Answer(List<Hit> hits, List<String> warnings, Money cost) {
    public Answer {
      hits = List.copyOf(hits);
      warnings = List.copyOf(warnings);
    }
  }

  /// A page that an engine found. Its `title` and `snippet` are untrusted: they help to choose and
  /// are never quoted.
  ///
  /// @param published as far as the provider knows
  /// @param rank at the provider, from 1
  record Hit(
      String url,
      String title,
      String snippet,
      Optional<Instant> published,
      String provider,
      int rank) {}
}
