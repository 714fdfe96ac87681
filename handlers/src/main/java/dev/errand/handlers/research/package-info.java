/// Research tasks: questions in, a cited report out, in which every quote stands verbatim in a
/// source.
@NullMarked
package dev.errand.handlers.research;

import org.jspecify.annotations.NullMarked;
