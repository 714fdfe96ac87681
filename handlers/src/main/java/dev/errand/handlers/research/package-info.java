/// Research tasks: a question in, a cited report out, every sentence of it verbatim from a source.
@NullMarked
package dev.errand.handlers.research;

import org.jspecify.annotations.NullMarked;
