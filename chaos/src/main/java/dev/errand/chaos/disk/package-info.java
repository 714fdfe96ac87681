/// A disk that can be full.
@NullMarked
package dev.errand.chaos.disk;

import org.jspecify.annotations.NullMarked;
