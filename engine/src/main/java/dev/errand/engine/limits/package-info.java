/// What an installation allows: read once at start, shown by `GET /limits`.
@NullMarked
package dev.errand.engine.limits;

import org.jspecify.annotations.NullMarked;
