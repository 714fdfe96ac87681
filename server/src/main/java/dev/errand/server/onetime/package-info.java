/// The door for one-time researches.
@NullMarked
package dev.errand.server.onetime;

import org.jspecify.annotations.NullMarked;
