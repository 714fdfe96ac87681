/// What was found out once and may be used again for a while.
@NullMarked
package dev.errand.engine.cache;

import org.jspecify.annotations.NullMarked;
