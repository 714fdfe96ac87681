/// Compares what callers were promised with what came of it.
@NullMarked
package dev.errand.chaos.audit;

import org.jspecify.annotations.NullMarked;
