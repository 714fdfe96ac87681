package dev.errand.handlers.research;

import java.time.Duration;

/// How far a task may go on the web. Tokens and money are the task's budget.
///
/// @param breadth queries for each open question in a round
/// @param searches in all
/// @param fetches in all
/// @param time after which nothing more is looked for
record WebLimits(int breadth, int rounds, int searches, int fetches, Duration time) {}
