/// What was done for a key before: runs, with their metrics and notes.
@NullMarked
package dev.errand.engine.run;

import org.jspecify.annotations.NullMarked;
