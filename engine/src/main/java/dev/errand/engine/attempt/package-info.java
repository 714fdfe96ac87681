/// What a handler sees: its parameters, its attempt, and the ways to say how it went.
@NullMarked
package dev.errand.engine.attempt;

import org.jspecify.annotations.NullMarked;
