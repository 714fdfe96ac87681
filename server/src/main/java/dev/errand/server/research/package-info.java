/// The door for research.
@NullMarked
package dev.errand.server.research;

import org.jspecify.annotations.NullMarked;
