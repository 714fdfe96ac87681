package dev.errand.handlers.research;

import dev.errand.handlers.research.PageChoice.Chosen;
import dev.errand.handlers.research.Report.Cost;
import dev.errand.handlers.research.Report.Web;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What was found on the web.
///
/// @param chosen the choice of each page, by its location after redirects
/// @param web absent when the web was not searched
/// @param proposals what a model had to do with the choice of queries
record Explored(
    List<Fetched.Page> pages,
    Map<String, Chosen> chosen,
    Optional<Web> web,
    ModelPart proposals,
    List<String> warnings,
    List<Cost> costs) {
  static final Explored NOTHING =
      new Explored(List.of(), Map.of(), Optional.empty(), ModelPart.NONE, List.of(), List.of());

  Explored {
    pages = List.copyOf(pages);
    chosen = new LinkedHashMap<>(chosen);
    warnings = List.copyOf(warnings);
    costs = List.copyOf(costs);
  }

  /// These pages together with those that were given.
  Fetched with(Fetched given) {
    if (pages.isEmpty()) {
      return given;
    }
    var all = new ArrayList<>(given.pages());
    all.addAll(pages);
    return new Fetched(given.folders(), all);
  }
}
