/// Attempts that run nowhere, for testing handlers.
@NullMarked
package dev.errand.testkit.attempt;

import org.jspecify.annotations.NullMarked;
