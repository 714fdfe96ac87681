/// The server: `Main` starts it, `wiring` puts it together.
@NullMarked
package dev.errand.server;

import org.jspecify.annotations.NullMarked;
