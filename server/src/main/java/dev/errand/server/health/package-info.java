/// Says whether the server is well.
@NullMarked
package dev.errand.server.health;

import org.jspecify.annotations.NullMarked;
