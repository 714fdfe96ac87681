/// A worker's time-limited right to run attempts, and everything it may write while it holds it.
@NullMarked
package dev.errand.engine.lease;

import org.jspecify.annotations.NullMarked;
