/// What is held of how good the work is that tasks do.
@NullMarked
package dev.errand.bench.evaluate;

import org.jspecify.annotations.NullMarked;
