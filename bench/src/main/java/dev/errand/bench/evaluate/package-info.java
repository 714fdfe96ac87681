/// How good what the tasks do is: whether the right passages are found, and whether reports can be
/// trusted.
@NullMarked
package dev.errand.bench.evaluate;

import org.jspecify.annotations.NullMarked;
