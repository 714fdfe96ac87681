/// The one place where everything is put together: every part is made here, with `new`, from the
/// parts it names.
@NullMarked
package dev.errand.server.wiring;

import org.jspecify.annotations.NullMarked;
