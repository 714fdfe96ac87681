package dev.errand.postgres;

import java.time.Instant;
import java.util.Optional;

/// One step of a database's schema.
///
/// @param name for people, such as `budgets`
/// @param appliedAt empty when it is still to come
/// @param known whether this version has it; otherwise a newer one has applied it
/// @param reversible whether this version knows the way back
public record Migration(
    String version, String name, Optional<Instant> appliedAt, boolean known, boolean reversible) {}
