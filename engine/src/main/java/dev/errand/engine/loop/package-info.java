/// What goes on in the background for as long as a node runs.
@NullMarked
package dev.errand.engine.loop;

import org.jspecify.annotations.NullMarked;
