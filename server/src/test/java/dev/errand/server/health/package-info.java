/// What a server says of its health.
@NullMarked
package dev.errand.server.health;

import org.jspecify.annotations.NullMarked;
