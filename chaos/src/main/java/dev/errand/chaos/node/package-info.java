/// Processes that faults are injected into: servers, what they run, and PostgreSQL.
@NullMarked
package dev.errand.chaos.node;

import org.jspecify.annotations.NullMarked;
