/// Everything a caller can be refused for.
@NullMarked
package dev.errand.engine.problem;

import org.jspecify.annotations.NullMarked;
