package dev.errand.handlers.search;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One result of a search.
///
/// @param published absent when no provider knows
/// @param dateKnown whether `published` is there; a result without a date is never too old
/// @param score by reciprocal rank fusion, comparable within one search only
/// @param foundBy each provider that found it, best rank first
public record Hit(
    String url,
    String title,
    String snippet,
    Optional<Instant> published,
    boolean dateKnown,
    double score,
    List<Place> foundBy) {
  public Hit {
    foundBy = List.copyOf(foundBy);
  }

  /// What one provider says of it.
  ///
  /// @param rank from 1
  public record Place(
      String source, int rank, String url, String snippet, Optional<Instant> published) {}
}
