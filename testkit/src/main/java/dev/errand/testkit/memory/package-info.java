/// Every store in memory: the reference that real ones are compared with, and the fake for tests of
/// what stands on a store.
@NullMarked
package dev.errand.testkit.memory;

import org.jspecify.annotations.NullMarked;
