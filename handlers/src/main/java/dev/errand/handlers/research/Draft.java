package dev.errand.handlers.research;

import java.util.List;

/// What the writer proposes, before its quotes are checked.
record Draft(List<Report.Section> sections, List<Report.Source> sources) {}
