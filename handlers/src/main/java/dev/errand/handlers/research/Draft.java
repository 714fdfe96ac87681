package dev.errand.handlers.research;

import java.util.List;
import java.util.Optional;

/// The report before its quotes are checked.
///
/// @param followUps questions that the passages found suggest
record Draft(
    List<Report.Section> sections, List<Report.Source> sources, Optional<List<String>> followUps) {}
