package dev.errand.handlers.search;

import dev.errand.engine.budget.Money;
import java.util.List;

/// A provider's answer as a step and the cache keep it.
///
/// @param cost to whoever keeps it: nothing when it comes from the cache
record KeptAnswer(List<ProviderHit> hits, Money cost, List<String> notes, boolean cached) {
  KeptAnswer {
    hits = List.copyOf(hits);
    notes = List.copyOf(notes);
  }

  static KeptAnswer fresh(ProviderAnswer.Found found) {
    return new KeptAnswer(found.hits(), found.cost(), found.notes(), false);
  }

  KeptAnswer fromCache() {
    return new KeptAnswer(hits, Money.NONE, notes, true);
  }
}
