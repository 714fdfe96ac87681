/// Time that tests move themselves.
@NullMarked
package dev.errand.testkit.time;

import org.jspecify.annotations.NullMarked;
