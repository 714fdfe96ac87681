package dev.errand.handlers.research;

import java.util.List;

/// A research task's result: what it came to, and what its artifacts are called.
///
/// @param answer the direct answer to the first question that has one, verbatim; empty when nothing
///   was found
/// @param unanswered the questions to which nothing was found
/// @param verbatim quotes found again where the report says they are; all of `quotes`
/// @param removed quotes that were not, and are not in the report
/// @param retrieval how passages were found, such as `bm25+minilm`
public record Published(
    String answer,
    List<String> answered,
    List<String> unanswered,
    int quotes,
    int verbatim,
    int removed,
    int sources,
    int documents,
    String retrieval,
    List<String> artifacts) {}
