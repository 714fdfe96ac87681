/// How a server is told what to do.
@NullMarked
package dev.errand.server.health;

import org.jspecify.annotations.NullMarked;
