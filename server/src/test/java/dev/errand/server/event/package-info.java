/// Following, seen closely.
@NullMarked
package dev.errand.server.event;

import org.jspecify.annotations.NullMarked;
