/// Tests of what attempts write under their leases.
@NullMarked
package dev.errand.testkit.lease;

import org.jspecify.annotations.NullMarked;
