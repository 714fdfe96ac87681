/// Tasks that a queue outside hands back to us: whose calls are believed, and how they are
/// answered.
@NullMarked
package dev.errand.server.push;

import org.jspecify.annotations.NullMarked;
