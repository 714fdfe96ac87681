/// The door that shows what this installation allows.
@NullMarked
package dev.errand.server.limits;

import org.jspecify.annotations.NullMarked;
