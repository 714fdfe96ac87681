/// The door for runs, their metrics and notes.
@NullMarked
package dev.errand.server.run;

import org.jspecify.annotations.NullMarked;
