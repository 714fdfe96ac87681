/// How long ended tasks are kept, and their pruning.
@NullMarked
package dev.errand.engine.retention;

import org.jspecify.annotations.NullMarked;
