/// Tests of what attempts spend.
@NullMarked
package dev.errand.testkit.budget;

import org.jspecify.annotations.NullMarked;
