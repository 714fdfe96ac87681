/// Wake-ups between parts of the engine; they may get lost and nothing depends on them.
@NullMarked
package dev.errand.engine.signal;

import org.jspecify.annotations.NullMarked;
