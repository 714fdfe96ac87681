/// The two smallest handlers, for trying things out.
@NullMarked
package dev.errand.handlers.basic;

import org.jspecify.annotations.NullMarked;
