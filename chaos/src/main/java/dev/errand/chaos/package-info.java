/// Real servers, workers and a real PostgreSQL with faults at random, and the count of what they
/// promised.
@NullMarked
package dev.errand.chaos;

import org.jspecify.annotations.NullMarked;
