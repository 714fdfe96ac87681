package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import java.util.List;

/// A provider's answer as a step or the cache keeps it.
///
/// @param cost of the call; none when the answer came from the cache
record CachedAnswer(List<ProviderHit> hits, Money cost, List<String> notes, boolean cached) {
  CachedAnswer {
    hits = List.copyOf(hits);
    notes = List.copyOf(notes);
  }

  static CachedAnswer fresh(ProviderAnswer.Found found) {
    return new CachedAnswer(found.hits(), found.cost(), found.notes(), false);
  }

  CachedAnswer fromCache() {
    return new CachedAnswer(hits, Money.NONE, notes, true);
  }
}
