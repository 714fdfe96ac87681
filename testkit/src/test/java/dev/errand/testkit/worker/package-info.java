/// The worker at work on stores in memory.
@NullMarked
package dev.errand.testkit.worker;

import org.jspecify.annotations.NullMarked;
