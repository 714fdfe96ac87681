/// The server: `Main` starts it, `Wiring` puts it together.
@NullMarked
package dev.errand.server;

import org.jspecify.annotations.NullMarked;
