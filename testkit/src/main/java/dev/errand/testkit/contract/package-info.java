/// What every implementation of a port must do, as tests that it passes by extending them.
@NullMarked
package dev.errand.testkit.contract;

import org.jspecify.annotations.NullMarked;
