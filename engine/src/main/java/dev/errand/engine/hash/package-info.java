/// Hashes by which contents are named, compared and spread.
@NullMarked
package dev.errand.engine.hash;

import org.jspecify.annotations.NullMarked;
