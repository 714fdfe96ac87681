package dev.errand.handlers.research;

/// What a research task ends with.
public sealed interface ResearchResult permits Planned, Published {}
