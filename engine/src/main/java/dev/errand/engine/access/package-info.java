/// Who asks, and what they may see and do: the one place that decides.
@NullMarked
package dev.errand.engine.access;

import org.jspecify.annotations.NullMarked;
