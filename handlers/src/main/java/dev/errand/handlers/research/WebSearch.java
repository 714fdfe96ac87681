package dev.errand.handlers.research;

import dev.errand.engine.attempt.Attempt;
import dev.errand.engine.attempt.InvalidParams;
import dev.errand.engine.attempt.TaskFailure;
import dev.errand.engine.budget.Money;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// How research looks for pages it was not given. Thread-safe.
public interface WebSearch {

  /// Whether a search that names no engine would ask one.
  boolean available();

  /// Notes against `pointer` when `engine` cannot be asked.
  void check(String engine, String pointer, InvalidParams.Check check);

  /// Searches once, within the budget of `attempt`.
  ///
  /// @param query of at most 400 characters and 50 words
  /// @param engines to ask, by name; empty for the usual one
  /// @param label unique within the task, for steps of the search's own
  /// @throws TaskFailure when nobody answered; the report says so and goes on
  Answer search(String query, List<String> engines, Attempt attempt, String label)
      throws TaskFailure, InterruptedException;

  /// @param hits the best first; none when there is nothing
  /// @param warnings for people, such as that one of several providers did not answer
  /// @param cost of what was asked
  record Answer(List<Hit> hits, List<String> warnings, Money cost) {
    public Answer {
      hits = List.copyOf(hits);
      warnings = List.copyOf(warnings);
    }
  }

  /// A page somebody found. What it says is a stranger's word: `title` and `snippet` help to choose
  /// and are never quoted.
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
