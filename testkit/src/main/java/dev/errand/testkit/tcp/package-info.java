/// A network that fails on demand.
@NullMarked
package dev.errand.testkit.tcp;

import org.jspecify.annotations.NullMarked;
