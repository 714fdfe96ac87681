package dev.errand.handlers.research;

import java.util.List;

/// The result of a task that was asked for its plan only. `plan` can be given back as it is, or
/// edited.
public record Planned(ResearchPlan plan, String planner, List<String> artifacts)
    implements ResearchResult {}
