/// Evaluates quality: whether retrieval finds the right passages, and whether reports can be
/// trusted.
@NullMarked
package dev.errand.bench.evaluate;

import org.jspecify.annotations.NullMarked;
